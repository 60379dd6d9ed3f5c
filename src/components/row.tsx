import {Text} from 'ink';
import Spinner from 'ink-spinner';
import {memo} from 'react';
import type {Line} from '../view/rows/line.ts';
import type {Theme} from '../view/theme/theme.ts';
import {styled, styleOf} from './styled.ts';

/** One row of the screen, exactly as wide as its spans. */
export const Row = memo(function Row({line, theme, ascii}: {line: Line; theme: Theme; ascii: boolean}) {
  const at = line.findIndex(({spin}) => spin);
  const spinner = line[at];
  if (spinner === undefined) return <PlainRow text={styled(line, theme, ascii)} />;
  return (
    <Text wrap="truncate">
      {styled(line.slice(0, at), theme, ascii)}
      <Text {...styleOf(spinner, theme)}>
        <Spinner type={ascii ? 'line' : 'dots'} />
      </Text>
      {styled(line.slice(at + 1), theme, ascii)}
    </Text>
  );
});

// An empty text node takes no row at all.
const PlainRow = memo(function PlainRow({text}: {text: string}) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});
