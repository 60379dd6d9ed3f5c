import {Box} from 'ink';
import type {Line} from '../view/line.ts';
import type {Look} from '../view/look.ts';
import {Row} from './row.tsx';

/** Rows under each other, from a place on the screen. */
export function Rows({
  lines,
  x = 0,
  y = 0,
  width,
  look,
}: {
  lines: readonly Line[];
  x?: number;
  y?: number;
  width: number;
  look: Look;
}) {
  return (
    <Box position="absolute" left={x} top={y} width={width} height={lines.length} flexDirection="column">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
        <Row key={index} line={line} theme={look.theme} ascii={look.ascii} />
      ))}
    </Box>
  );
}
