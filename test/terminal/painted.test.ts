import {expect, it} from 'vitest';
import {createModes} from '../../src/terminal/modes.ts';
import {takingOver} from '../../src/terminal/painted.ts';

const enter = '\u001b[?1049h';
const size = {columns: 6, rows: 3};
const rows = ['\u001b[?25h\u001b[32mwhole!\u001b[39m', 'a', ''];

it('the first frame is drawn over what stands there, and nothing is erased but what stands behind a row', () => {
  const painted = takingOver({painted: size, size: () => size}, createModes());
  expect(painted.drawn(rows.join('\n'))).toBe('\u001b[H\u001b[?25h\u001b[32mwhole!\u001b[39m\na\u001b[K\n\u001b[K');
  expect(painted.drawn('next')).toBe('next');
});

it('a window that has another size by then is emptied', () => {
  const painted = takingOver({painted: size, size: () => ({columns: 7, rows: 3})}, createModes());
  expect(painted.drawn('a\nb')).toBe('\u001b[H\u001b[Ja\nb');
});

it('the alternate screen that stands is not entered, and is left', () => {
  const modes = createModes();
  const painted = takingOver({painted: size}, modes);
  expect(painted.entered(`${enter}\u001b[?25l`)).toBe('\u001b[?25l');
  expect(modes.off()).toBe('\u001b[?1049l\u001b[?25h');
  painted.drawn('a');
  // Later it is entered again as ever: after a stop, for one.
  expect(painted.entered(enter)).toBe(enter);
});

it('without a frame before it, everything is as Ink writes it', () => {
  const modes = createModes();
  const painted = takingOver({}, modes);
  expect([painted.entered(enter), painted.drawn(rows.join('\n')), modes.off()]).toEqual([enter, rows.join('\n'), '']);
});
