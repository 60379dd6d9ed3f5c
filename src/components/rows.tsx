import {Box} from 'ink';
import type {ViewContext} from '../view/context.ts';
import type {Line} from '../view/rows/line.ts';
import {Row} from './row.tsx';

/** Rows under each other, from a place on the screen. */
export function Rows({
  lines,
  x = 0,
  y = 0,
  width,
  context,
}: {
  lines: readonly Line[];
  x?: number;
  y?: number;
  width: number;
  context: ViewContext;
}) {
  return (
    <Box position="absolute" left={x} top={y} width={width} height={lines.length} flexDirection="column">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
        <Row key={index} line={line} theme={context.theme} ascii={context.ascii} />
      ))}
    </Box>
  );
}
