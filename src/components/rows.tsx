import {Box} from 'ink';
import type {Controller} from '../controllers/controller.ts';
import {useShown} from '../hooks/use-shown.ts';
import type {Line} from '../view/rows/line.ts';
import {Row} from './row.tsx';

type Props = {lines: readonly Line[]; x?: number; y?: number; width: number};

/** Rows under each other, from a place on the screen. */
export function Rows({lines, x = 0, y = 0, width}: Props) {
  const {theme, ascii} = useShown(look);
  return (
    <Box position="absolute" left={x} top={y} width={width} height={lines.length} flexDirection="column">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
        <Row key={index} line={line} theme={theme} ascii={ascii} />
      ))}
    </Box>
  );
}

const look = ({context}: Controller) => ({theme: context().theme, ascii: context().ascii});
