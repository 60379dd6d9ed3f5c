import {Text} from 'ink';
import Spinner from 'ink-spinner';
import type {ReactNode} from 'react';
import type {Line} from '../view/rows/line.ts';
import type {Theme} from '../view/theme/theme.ts';
import {styled, styleOf} from './styled.ts';

/** Rows as one text, each with its end; where the spinner turns in one of them, what is before and after it. */
export function rowsText(lines: readonly Line[], theme: Theme, ascii: boolean): ReactNode {
  const row = lines.findIndex(line => line.some(({spin}) => spin));
  const line = lines[row] ?? [];
  const at = line.findIndex(({spin}) => spin);
  const spinner = line[at];
  if (spinner === undefined) return textOf(lines, theme, ascii);
  return (
    <>
      {textOf(lines.slice(0, row), theme, ascii) + styled(line.slice(0, at), theme, ascii)}
      <Text {...styleOf(spinner, theme)}>
        <Spinner type={ascii ? 'line' : 'dots'} />
      </Text>
      {textOf([line.slice(at + 1), ...lines.slice(row + 1)], theme, ascii)}
    </>
  );
}

const textOf = (lines: readonly Line[], theme: Theme, ascii: boolean): string =>
  lines.map(line => `${styled(line, theme, ascii)}\n`).join('');
