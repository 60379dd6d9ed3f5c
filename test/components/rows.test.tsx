import chalk, {type ColorSupportLevel} from 'chalk';
import {Box, Text} from 'ink';
import Spinner from 'ink-spinner';
import {render} from 'ink-testing-library';
import type {ComponentType} from 'react';
import {afterAll, describe, expect, it} from 'vitest';
import {Place} from '../../src/components/place.tsx';
import {rowsText} from '../../src/components/rows-text.tsx';
import {Screen} from '../../src/components/screen.tsx';
import {styleOf} from '../../src/components/styled.ts';
import type {Controller} from '../../src/controllers/controller.ts';
import type {MonitorState} from '../../src/core/model.ts';
import {type Language, languages, type ThemeName} from '../../src/core/settings.ts';
import {createStore} from '../../src/core/store.ts';
import {toAscii} from '../../src/view/context.ts';
import type {Line} from '../../src/view/rows/line.ts';
import type {ColorDepth, Theme} from '../../src/view/theme/theme.ts';
import {fakeController} from '../support/controller.ts';
import {type Placed, partsOf} from '../support/parts.ts';
import {fakeProgram} from '../support/program.ts';
import {busy, exhausted, failing} from '../support/state.ts';

/** Rows are one text with the codes in it: to the byte what Ink makes of a text for every span, and a box around each row. */

type PartProps = {part: Placed; theme: Theme; ascii: boolean};

/** Rows as Ink means them: a box of texts, and in each a styled text for every span. */
const Spans = ({part: {x, y, width, lines}, theme, ascii}: PartProps) => (
  <Box position="absolute" left={x} top={y} width={width} height={lines.length} flexDirection="column">
    {lines.map((line, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
      <SpanRow key={index} line={line} theme={theme} ascii={ascii} />
    ))}
  </Box>
);

const SpanRow = ({line, theme, ascii}: {line: Line; theme: Theme; ascii: boolean}) =>
  line.length === 0 ? (
    <Text> </Text>
  ) : (
    <Text wrap="truncate">
      {line.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity but their place.
        <Text key={index} {...styleOf(span, theme)}>
          {span.spin ? <Spinner type={ascii ? 'line' : 'dots'} /> : ascii ? toAscii(span.text) : span.text}
        </Text>
      ))}
    </Text>
  );

const Rows = ({part: {x, y, width, lines}, theme, ascii}: PartProps) => (
  <Place x={x} y={y} width={width} height={lines.length}>
    {rowsText(lines, theme, ascii)}
  </Place>
);

/** One frame of Ink, escapes and all. */
function frameOf(Part: ComponentType<PartProps>, controller: Controller): string {
  const {columns, rows} = controller.size();
  const {theme, ascii} = controller.context();
  const {lastFrame, unmount} = render(
    <Screen columns={columns} rows={rows}>
      {partsOf(controller).map(part => (
        <Part key={`${part.x} ${part.y}`} part={part} theme={theme} ascii={ascii} />
      ))}
    </Screen>,
  );
  const frame = lastFrame() ?? '';
  unmount();
  return frame;
}

const {level} = chalk;
afterAll(() => {
  chalk.level = level;
});

type Case = {theme: ThemeName; depth: ColorDepth; chalk: ColorSupportLevel; ascii?: boolean};
const cases: readonly Case[] = [
  {theme: 'dark', depth: 'truecolor', chalk: 3},
  {theme: 'light', depth: 'truecolor', chalk: 3},
  {theme: 'contrast', depth: 'truecolor', chalk: 3},
  {theme: 'colour-blind', depth: '256', chalk: 2},
  {theme: 'dark', depth: '256', chalk: 2},
  // Where Ink believes in fewer colours than the terminal tells us.
  {theme: 'dark', depth: 'truecolor', chalk: 1},
  {theme: 'dark', depth: '16', chalk: 1, ascii: true},
  {theme: 'mono', depth: 'truecolor', chalk: 3},
  {theme: 'dark', depth: 'none', chalk: 1},
  {theme: 'dark', depth: 'none', chalk: 0},
];
/** Panels with the spinner in one of them, folded ones with failures, and a dialog. */
function controllersOf({theme, depth, ascii = false}: Case, language: Language): Controller[] {
  const of = (state: MonitorState, columns: number, rows: number): Controller =>
    fakeController(fakeProgram(state), {size: createStore({columns, rows}), depth, ascii, language}, {theme, language});
  const settings = of(exhausted(), 80, 24);
  settings.dispatch({type: 'enter', mode: 'settings'});
  return [of(busy(), 100, 36), of(failing(), 60, 12), settings];
}

describe.each(cases)('in theme $theme with $depth colours, and chalk at $chalk', each => {
  it.each(languages)('a frame in %s is what Ink makes of spans, byte for byte', language => {
    chalk.level = each.chalk;
    for (const controller of controllersOf(each, language)) {
      const frame = frameOf(Rows, controller);
      expect(frame).toBe(frameOf(Spans, controller));
      expect(frame.includes('\u001b[')).toBe(each.chalk > 0);
    }
  });
});
