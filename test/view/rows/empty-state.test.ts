import {describe, expect, it} from 'vitest';
import {startLines} from '../../../src/view/rows/empty-state.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {notSetUpLine, type WithoutPanel} from '../../../src/view/rows/not-set-up.ts';
import {testLook} from '../../support/look.ts';

const context = testLook();
const keys = {settings: ',', credentials: 'c'};
const many = Array.from({length: 20}, (_, index) => `Service ${index + 1}`);
const line = (given: Partial<WithoutPanel>, width: number): string =>
  plain(notSetUpLine({notSetUp: [], hidden: [], absence: {off: []}, ...given}, keys, width, context)).trim();

describe('the line of what has no panel', () => {
  it('names all where there is room', () => {
    expect(line({notSetUp: ['OpenAI', 'Z.ai']}, 80)).toBe('not set up: OpenAI, Z.ai — c');
    expect(line({}, 80)).toBe('');
  });
  it('drops names before it drops the key, and counts those that it drops', () => {
    expect(line({notSetUp: many}, 60)).toBe('not set up: Service 1, Service 2, Service 3, 17 more — c');
    expect(line({notSetUp: many}, 32)).toBe('not set up: 20 providers — c');
    for (let width = 32; width < 300; width += 1) expect(line({notSetUp: many}, width)).toMatch(/ — c$/);
  });
  it('shortens the longest list first', () => {
    const given = {notSetUp: many, hidden: ['Z.ai'], absence: {off: ['Copilot']}};
    expect(line(given, 95)).toBe(
      'not set up: Service 1, Service 2, 18 more — c · hidden: Z.ai — c · switched off: Copilot — ,',
    );
  });
  it('is never wider than the screen', () => {
    for (let width = 20; width < 120; width += 1)
      expect(lineWidth(notSetUpLine({notSetUp: many, hidden: many, absence: {off: many}}, keys, width, context))).toBe(
        width,
      );
  });
});

describe('the start', () => {
  const start = (width: number, height: number, absence: readonly string[] = []): string =>
    startLines(absence, 'c', width, height, context)
      .map(line => plain(line).trim())
      .filter(Boolean)
      .join(' ');

  it('says everything on a screen of the usual size', () => {
    const text = start(80, 22);
    for (const part of ['No logins found', 'Press c', 'mystatus-tui login <provider>', '--demo', 'doctor'])
      expect(text).toContain(part);
  });
  it('drops what was looked for before it drops how to begin', () => {
    expect(start(40, 6)).toBe(
      'No logins found on this machine. Press c to add a key, or run: mystatus-tui login <provider>',
    );
    expect(start(24, 4)).toContain('mystatus-tui login');
  });
  it('says on the smallest screen which key begins', () => {
    expect(start(20, 3)).toBe('No logins found on this machine. c: add a login');
    expect(start(20, 1)).toBe('c: add a login');
  });
  it('cuts nothing, at any size', () => {
    for (let width = 20; width < 120; width += 1)
      for (let height = 1; height < 30; height += 1) {
        const lines = startLines([], 'c', width, height, context);
        expect(lines.length).toBeLessThanOrEqual(height);
        for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
        const text = start(width, height);
        expect(text).not.toContain('…');
        expect(text).toMatch(/Press c to add a key, or run: mystatus-tui login <provider>|c: add a login/);
      }
  });
  it('says why nothing is shown before how to add a login', () => {
    expect(start(80, 4, ['OpenAI is switched off'])).toMatch(/No logins are shown. OpenAI is switched off Press c/);
    expect(start(40, 2, ['OpenAI is switched off'])).toBe('No logins are shown. OpenAI is switched off');
    expect(start(40, 1, ['OpenAI is switched off'])).toBe('OpenAI is switched off');
  });
});
