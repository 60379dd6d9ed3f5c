import {Text} from 'ink';
import Spinner from 'ink-spinner';
import {toAscii} from '../view/context.ts';
import type {Line, Span} from '../view/rows/line.ts';
import type {TextStyle, Theme} from '../view/theme/theme.ts';

/** One row of the screen, exactly as wide as its spans. */
export function Row({line, theme, ascii}: {line: Line; theme: Theme; ascii: boolean}) {
  // An empty text node takes no row at all.
  if (line.length === 0) return <Text> </Text>;
  return (
    <Text wrap="truncate">
      {line.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity but their place.
        <Text key={index} {...styleOf(span, theme)}>
          {span.spin ? <Spinner type={ascii ? 'line' : 'dots'} /> : ascii ? toAscii(span.text) : span.text}
        </Text>
      ))}
    </Text>
  );
}

function styleOf(span: Span, theme: Theme): TextStyle {
  const style = theme.styles[span.tone ?? 'text'];
  const behind = span.on ? theme.styles[span.on].color : undefined;
  return {
    ...style,
    ...(behind ? {backgroundColor: behind} : {}),
    ...(span.bold ? {bold: true} : {}),
    ...(span.inverse ? {inverse: true} : {}),
  };
}
