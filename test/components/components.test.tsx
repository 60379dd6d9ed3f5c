import fc from 'fast-check';
import {render} from 'ink-testing-library';
import type {ReactElement} from 'react';
import {describe, expect, it} from 'vitest';
import {Dashboard} from '../../src/components/dashboard.tsx';
import {Dialog} from '../../src/components/dialogs/dialog.tsx';
import {ProviderPanel} from '../../src/components/provider-panel.tsx';
import {Rows} from '../../src/components/rows.tsx';
import {Screen} from '../../src/components/screen.tsx';
import type {Controller} from '../../src/controllers/controller.ts';
import {languages} from '../../src/core/settings.ts';
import {createStore} from '../../src/core/store.ts';
import {ControllerContext} from '../../src/hooks/use-controller.ts';
import {slotIn} from '../../src/view/layout/screen-model.ts';
import {type Line, lineWidth} from '../../src/view/rows/line.ts';
import type {TerminalControl} from '../../src/view/terminal.ts';
import {fakeController} from '../support/controller.ts';
import {partsOf} from '../support/parts.ts';
import {fakeProgram} from '../support/program.ts';
import {busy, crowd, exhausted, failing, fresh, nothing} from '../support/state.ts';

const frameOf = (node: ReactElement): string => render(node).lastFrame() ?? '';
/** Things that stand at a place of the screen need the screen around them. */
function onScreen(node: ReactElement, controller: Controller = fakeController()): string {
  const {columns, rows} = controller.size();
  return frameOf(
    <ControllerContext value={controller}>
      <Screen columns={columns} rows={rows}>
        {node}
      </Screen>
    </ControllerContext>,
  );
}
const of = (columns: number, rows: number): Controller =>
  fakeController(fakeProgram(fresh()), {size: createStore({columns, rows})});
const modes = ['panels', 'detail', 'help', 'settings', 'notices', 'credentials'] as const;
const bare = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, '');

describe('Rows', () => {
  const bad: Line = [{text: 'bad', tone: 'critical'}, {text: ' so'}];
  const drawn = (lines: readonly Line[], controller: Controller): string =>
    onScreen(<Rows lines={lines} width={10} />, controller);
  const on = (terminal: Partial<TerminalControl>): Controller =>
    fakeController(fakeProgram(fresh()), {size: createStore({columns: 10, rows: 1}), ...terminal});

  it('draws spans in the colours of their meaning', () => {
    const frame = drawn([bad], on({}));
    expect(bare(frame)).toBe('bad so');
    expect(frame).toContain('\u001b[38;2;255;138;143m');
  });
  it('draws no colour where there is none', () => {
    expect(drawn([bad.slice(0, 1)], on({depth: 'none'}))).toBe('\u001b[1mbad\u001b[22m');
  });
  it('gives an empty row its place', () => {
    expect(drawn([[], [{text: ''}], [{text: 'x'}]], of(4, 3)).split('\n')[2]).toContain('x');
  });
  it('keeps to ASCII when told', () => {
    expect(bare(drawn([[{text: 'a · b…'}]], on({ascii: true})))).toBe('a - b~');
  });
});

describe('Screen', () => {
  it('is exactly as large as the terminal, however many rows are put on it', () => {
    const frame = onScreen(
      <Rows lines={Array.from({length: 9}, () => [{text: 'x'.repeat(30)}])} width={10} />,
      of(10, 3),
    );
    expect(frame.split('\n').map(bare)).toEqual(Array.from({length: 3}, () => `${'x'.repeat(9)}…`));
  });
  it('has room for every part that is drawn on it, at any size', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(fresh, failing, exhausted, busy, nothing, () => crowd(30)),
        fc.constantFrom(...modes),
        fc.constantFrom(...languages),
        fc.record({columns: fc.integer({min: 1, max: 200}), rows: fc.integer({min: 1, max: 60})}),
        (state, mode, language, size) => {
          const controller = fakeController(fakeProgram(state()), {size: createStore(size)}, {language});
          if (mode !== 'panels') controller.dispatch({type: 'enter', mode});
          for (const {x, width, lines} of partsOf(controller)) {
            expect(x + width).toBeLessThanOrEqual(size.columns);
            for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });
});

describe('ProviderPanel', () => {
  it('draws a provider in its place', () => {
    const controller = fakeController();
    const {folded} = controller.model();
    const slot = slotIn(controller.model(), 'openai');
    if (!slot) throw new Error('no panel');
    const at = {...slot, placement: {...slot.placement, x: 3, y: 1}};
    const rows = bare(onScreen(<ProviderPanel id="openai" slot={at} folded={folded} focused />, controller)).split(
      '\n',
    );
    expect(rows[1]).toMatch(/^ {3}┏━ 1 OpenAI · Plus ━/);
    expect(rows[at.placement.height]).toMatch(/^ {3}┗━ 796.25 credits ━+ just now · next 2m ━┛$/);
  });
  it('shows a still mark while it is refreshed and another panel has the spinner', () => {
    const text = bare(onScreen(<Dashboard />, fakeController(fakeProgram(busy()))));
    expect(text).toContain('OpenAI · Plus ⠋');
    expect(text).toContain('Copilot · Pro ↻');
    expect(text.match(/⠋/g)).toHaveLength(1);
  });
  it('has no spinner where motion is not wanted', () => {
    const text = bare(onScreen(<Dashboard />, fakeController(fakeProgram(busy()), {reducedMotion: true})));
    expect(text).toContain('OpenAI · Plus ↻');
    expect(text).not.toContain('⠋');
  });
});

describe('Dialog', () => {
  const helpAt = (columns: number, rows: number): string => {
    const controller = of(columns, rows);
    controller.dispatch({type: 'enter', mode: 'help'});
    controller.dispatch({type: 'select', index: 20});
    return bare(onScreen(<Dialog />, controller));
  };
  it('shows a part of its lines, and how many are hidden', () => {
    const text = helpAt(60, 20);
    expect(text).toContain('─ Keys ─');
    expect(text).toMatch(/▲ \d+ ▼ \d+/);
  });
  it('goes without a border where there is no room for one', () => {
    const text = helpAt(20, 6);
    expect(text).not.toContain('─');
    expect(text.trim()).not.toBe('');
  });
});
