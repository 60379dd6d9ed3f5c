import {existsSync, readFileSync, rmSync} from 'node:fs';
import {basename, join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {changedCells, openReplay} from '../support/cells.ts';
import {expectCooked, expectRestored, sayHowItEnded} from '../support/restored.ts';
import {openTerminal, program, type Terminal} from '../support/terminal.ts';
import {until} from '../support/until.ts';
import {createWorld, type World} from '../support/world.ts';

const preload = new URL('../fixtures/first-frame/preload.cjs', import.meta.url).pathname;
const endOfFrame = '\u001b[?2026l';
const enter = '\u001b[?1049h';
const roster = () => join(world.home, '.local/state/mystatus-tui/roster.json');

let world: World;
const terminals: Terminal[] = [];
function open(options: Partial<Parameters<typeof openTerminal>[0]> = {}): Terminal {
  const terminal = openTerminal({...options, env: {...world.env, ...options.env}});
  terminals.push(terminal);
  return terminal;
}
const writes = (terminal: Terminal, text: string): Promise<void> =>
  until(
    () => terminal.written().includes(text),
    () => `it never wrote ${JSON.stringify(text)}`,
  );

/** In a shell, which says afterwards how the terminal was left. */
const openInShell = (env: Record<string, string> = {}): Terminal =>
  open({env, command: 'sh', args: ['-c', `'${process.execPath}' '${program}'; ${sayHowItEnded}`]});

beforeAll(async () => {
  world = await createWorld(['openai', 'zai']);
  const terminal = open();
  for (const text of ['71%', '98%']) await terminal.sees(text);
  await until(
    () => existsSync(roster()),
    () => 'the roster was never written',
  );
  terminal.type('q');
  expect((await terminal.exited).code).toBe(0);
});
afterEach(() => {
  for (const terminal of terminals.splice(0)) terminal.close();
});
afterAll(() => world.close());

describe('a start after another one', () => {
  it('has every figure on the screen before Ink is loaded, and Ink changes nothing of it', async () => {
    const LOADED = join(world.home, 'loaded.json');
    const terminal = open({env: {LOADED, NODE_OPTIONS: `--require=${preload}`}});
    await writes(terminal, endOfFrame);
    // Typed while nobody reads: it is answered when somebody does.
    terminal.type('?');
    await terminal.sees('refresh all providers');
    const [first = '', inks = ''] = terminal.written().split(endOfFrame);
    const replay = openReplay(120, 40);
    await replay.write(first);
    const before = replay.picture();
    const screen = before.map(cell => cell[0]).join('');
    for (const text of ['OpenAI', '71%', 'Z.ai', '98%', 'refresh']) expect(screen).toContain(text);
    for (const row of inks.split('\n').map((row, at) => (at === 0 ? row : `\n${row}`))) {
      await replay.write(row);
      expect(changedCells(before, replay.picture())).toBe(0);
    }
    replay.close();
    expect(terminal.written().split(enter)).toHaveLength(2);
    terminal.type('\u0003');
    await terminal.exited;
    await expectRestored(terminal);

    const {files, builtIn} = JSON.parse(readFileSync(LOADED, 'utf8')) as {files: string[]; builtIn: string[]};
    // Opening a file takes as long as a row of the screen: the command, and what looks whether there may be a frame.
    // The painter itself is no module, so that its functions are kept.
    expect(files.map(file => basename(file))).toEqual(['mystatus-tui.js', 'screen.cjs']);
    // Streams, the network, cryptography and ES modules take longer than the frame.
    expect(
      builtIn.filter(name => /^Native.*(?:stream|net|tty|http|crypto|esm|promises|perf|readline)/.test(name)),
    ).toEqual([]);
    // SQLite and the compiler of scripts, with what belongs to them.
    expect(builtIn.length).toBeLessThanOrEqual(12);
    // 4800 cells with their colours; a frame that writes cells twice would not fit.
    expect(Buffer.byteLength(first)).toBeLessThan(16_000);
  });

  it('opens no more files until Ink has drawn, and loads nothing of Node that only polling needs', async () => {
    const LOADED_BY_INK = join(world.home, 'loaded-by-ink.json');
    const terminal = open({env: {LOADED_BY_INK, NODE_OPTIONS: `--require=${preload}`}});
    await until(
      () => existsSync(LOADED_BY_INK) && readFileSync(LOADED_BY_INK, 'utf8').endsWith('}'),
      () => 'Ink never drew',
    );
    const {files, builtIn} = JSON.parse(readFileSync(LOADED_BY_INK, 'utf8')) as {files: string[]; builtIn: string[]};
    // All that the screen is made of is one file, and its functions are kept like the painter's.
    expect(files.map(file => basename(file))).toEqual(['mystatus-tui.js', 'screen.cjs']);
    expect(
      builtIn.filter(name => /^Native.*(?:http|tls|crypto|child_process|esm|fs\/promises|assert)/.test(name)),
    ).toEqual([]);
    // Streams for the terminal, SQLite and the parser of options, with what belongs to them.
    expect(builtIn.length).toBeLessThanOrEqual(60);
    // What is loaded from now on shares its modules with the screen: the figures get there.
    await terminal.sees('98%');
    terminal.type('q');
    expect((await terminal.exited).code).toBe(0);
  });

  it.each(['q', '\u0003'])('is ended by %j that is typed at the first frame', async key => {
    const terminal = open();
    await writes(terminal, endOfFrame);
    terminal.type(key);
    const {code, signal} = await terminal.exited;
    // Ctrl+C may still be the terminal's own key.
    expect([0, 2]).toContain(code + signal);
    await expectRestored(terminal);
  });

  it.each([
    ['SIGTERM', /left with 143/, ''],
    ['SIGHUP', /left with 129/, ''],
    ['SIGINT', /left with 130/, ''],
    ['a fault before the program is loaded', /left with 1\b/, 'thrown at the first frame'],
    ['a fault before Ink is loaded', /left with 1\b/, 'crashed. This is a bug in mystatus-tui.'],
    ['a fault once Ink has drawn', /left with 1\b/, 'crashed. This is a bug in mystatus-tui.'],
  ])('gives the terminal back at %s, and what is reported is seen', async (what, ending, report) => {
    const shell = openInShell({AT_FIRST_FRAME: what, NODE_OPTIONS: `--require=${preload}`});
    await shell.sees('end of report');
    const text = await shell.text();
    expect(shell.written()).toContain(endOfFrame);
    expect(text).toMatch(ending);
    expect(text).toContain(report);
    expectCooked(shell.written());
    await expectRestored(shell);
  });

  it('waits for Ink where the roster cannot be read, and says the same', async () => {
    rmSync(roster());
    const terminal = open();
    for (const text of ['71%', '98%']) await terminal.sees(text);
    expect(terminal.written().split(enter)).toHaveLength(2);
  });
});
