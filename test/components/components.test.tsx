import {render} from 'ink-testing-library';
import type {ReactElement} from 'react';
import {describe, expect, it} from 'vitest';
import {Dialog} from '../../src/components/dialogs/dialog.tsx';
import {Panel} from '../../src/components/provider-panel.tsx';
import {Row} from '../../src/components/row.tsx';
import {Rows} from '../../src/components/rows.tsx';
import {Screen} from '../../src/components/screen.tsx';
import {dialogArea} from '../../src/view/layout/dialog-area.ts';
import {screenModelOf} from '../../src/view/layout/screen-model.ts';
import {themeFor} from '../../src/view/theme/theme.ts';
import {firstUi} from '../../src/view/ui-state.ts';
import {testLook} from '../support/look.ts';
import {fakeProgram} from '../support/program.ts';
import {busy, fresh} from '../support/state.ts';

const context = testLook();
const frameOf = (node: ReactElement): string => render(node).lastFrame() ?? '';
/** Things that stand at a place of the screen need the screen around them. */
const onScreen = (node: ReactElement, columns = 120, rows = 40): string =>
  frameOf(
    <Screen columns={columns} rows={rows}>
      {node}
    </Screen>,
  );
const bare = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, '');

describe('Row', () => {
  it('draws spans in the colours of their meaning', () => {
    const frame = frameOf(
      <Row line={[{text: 'bad', tone: 'critical'}, {text: ' so'}]} theme={context.theme} ascii={false} />,
    );
    expect(bare(frame)).toBe('bad so');
    expect(frame).toContain('\u001b[38;2;238;123;128m');
  });
  it('draws no colour where there is none', () => {
    const frame = frameOf(
      <Row line={[{text: 'bad', tone: 'critical'}]} theme={themeFor('dark', 'none', 'dark')} ascii={false} />,
    );
    expect(frame).toBe('\u001b[1mbad\u001b[22m');
  });
  it('is a row even when it is empty', () => {
    expect(onScreen(<Rows lines={[[], [{text: 'x'}]]} width={4} context={context} />, 4, 2).split('\n')[1]).toContain(
      'x',
    );
  });
  it('keeps to ASCII when told', () => {
    expect(bare(frameOf(<Row line={[{text: 'a · b…'}]} theme={context.theme} ascii />))).toBe('a - b~');
  });
});

describe('Screen', () => {
  it('is exactly as large as the terminal, and cuts what is larger', () => {
    const frame = frameOf(
      <Screen columns={10} rows={3}>
        <Rows lines={Array.from({length: 9}, () => [{text: 'x'.repeat(30)}])} width={30} context={context} />
      </Screen>,
    );
    expect(frame.split('\n').map(bare)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(10)]);
  });
});

describe('Panel', () => {
  const model = (state = fresh()) =>
    screenModelOf({state, catalogue: fakeProgram(state).catalogue, ui: firstUi, columns: 120, rows: 40, context});
  it('draws a provider in its place', () => {
    const {slots, folded} = model();
    const [slot] = slots;
    if (!slot) throw new Error('no panel');
    const at = {...slot, placement: {...slot.placement, x: 0, y: 0}};
    const rows = bare(onScreen(<Panel slot={at} folded={folded} focused spinning={false} context={context} />)).split(
      '\n',
    );
    expect(rows[0]).toContain('╭─ 1 OpenAI · Plus ─');
    expect(rows[at.placement.height - 1]).toMatch(/^╰─+╯$/);
  });
  it('shows a still mark while it is asked and another panel has the spinner', () => {
    const {slots, folded} = model(busy());
    const [slot] = slots;
    if (!slot) throw new Error('no panel');
    expect(
      bare(onScreen(<Panel slot={slot} folded={folded} focused={false} spinning={false} context={context} />)),
    ).toContain('OpenAI · Plus ↻');
    expect(bare(onScreen(<Panel slot={slot} folded={folded} focused={false} spinning context={context} />))).toContain(
      'OpenAI · Plus ⠋',
    );
  });
});

describe('Dialog', () => {
  const lines = Array.from({length: 50}, (_, index) => [{text: `line ${index}`}]);
  it('shows a part of its lines, and how many are hidden', () => {
    const area = dialogArea(60, 20);
    const text = bare(
      onScreen(<Dialog dialog={{title: 'Things', lines, height: area.lines, scroll: 5, area}} context={context} />),
    );
    expect(text).toContain('─ Things ─');
    expect(text).toContain('line 5 ');
    expect(text).not.toContain('line 4 ');
    expect(text).toContain(`▲ 5 ▼ ${50 - 5 - area.lines}`);
  });
  it('goes without a border where there is no room for one', () => {
    const area = dialogArea(20, 6);
    expect(
      bare(
        onScreen(<Dialog dialog={{title: 'Things', lines, height: area.lines, scroll: 0, area}} context={context} />),
      ),
    ).not.toContain('─');
  });
});
