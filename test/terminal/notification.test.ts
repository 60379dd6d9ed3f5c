import {Terminal} from '@xterm/headless';
import {describe, expect, it} from 'vitest';
import {notificationAt, placeOf} from '../../src/terminal/notification.ts';
import {coalesce} from '../../src/terminal/output.ts';

const message = {title: 'OpenAI · Weekly limit', body: '91% used, over 90%', urgent: false};
const {title, body} = message;
const st = '\u001b\\';
const bel = '\u0007';
const osc99 = `\u001b]99;i=mystatus:d=0:o=unfocused;${title}${st}\u001b]99;i=mystatus:d=1:p=body;${body}${st}`;
const osc9 = `\u001b]9;${title}: ${body}${bel}`;
const osc777 = `\u001b]777;notify;${title};${body}${bel}`;

type Environment = Record<string, string>;
const tmux =
  (answers: Record<string, string | null>) =>
  async ([command = '']: readonly string[]): Promise<string | null> =>
    answers[command] ?? null;
const written = async (env: Environment, answers: Record<string, string | null> = {}): Promise<string> =>
  notificationAt(await placeOf(env, tmux(answers)), message);

describe('a notification of the terminal', () => {
  it.each<[string, Environment, string]>([
    ['kitty', {TERM: 'xterm-kitty'}, osc99],
    ['kitty by its window', {TERM: 'xterm-256color', KITTY_WINDOW_ID: '1'}, osc99],
    ['iTerm2', {TERM_PROGRAM: 'iTerm.app', TERM: 'xterm-256color'}, osc9],
    ['Warp', {TERM_PROGRAM: 'WarpTerminal'}, osc9],
    ['Zed', {TERM_PROGRAM: 'zed'}, osc9],
    ['Ghostty', {TERM_PROGRAM: 'ghostty', TERM: 'xterm-ghostty'}, osc777],
    ['WezTerm', {TERM_PROGRAM: 'WezTerm'}, osc777],
    ['foot', {TERM: 'foot-extra'}, osc777],
    ['rxvt-unicode', {TERM: 'rxvt-unicode-256color'}, osc777],
    ['Windows Terminal', {WT_SESSION: 'x', TERM: 'xterm-256color'}, bel],
    ['VS Code that was started from kitty', {TERM_PROGRAM: 'vscode', KITTY_WINDOW_ID: '1'}, bel],
    ['Terminal.app', {TERM_PROGRAM: 'Apple_Terminal'}, bel],
    ['an unknown one', {TERM: 'xterm-256color'}, bel],
    ['none', {}, bel],
    ['screen', {STY: '1.pts', TERM_PROGRAM: 'iTerm.app'}, bel],
    ['zellij', {ZELLIJ: '0', TERM: 'xterm-kitty'}, bel],
  ])('%s has its own', async (_, env, sequence) => {
    expect(await written(env)).toBe(sequence);
  });

  const inTmux = {TMUX: '/tmp/tmux,1,0', TERM: 'tmux-256color', KITTY_WINDOW_ID: '1'};
  it.each(['on', 'all\n'])(
    'tmux passes on that of the terminal around it, each escape doubled, if it may: %s',
    async show => {
      const passed = `\u001bPtmux;${osc99.replaceAll('\u001b', '\u001b\u001b')}${st}`;
      expect(await written(inTmux, {show, display: 'xterm-kitty\n'})).toBe(passed);
      expect(await written(inTmux, {show, display: 'xterm-256color\n'})).toBe(bel);
    },
  );
  it.each([{show: 'off\n'}, {show: null}, {show: 'on', display: null}, {}])(
    'tmux that does not passes a bell: %o',
    async answers => {
      expect(await written(inTmux, {display: 'xterm-kitty', ...answers})).toBe(bel);
    },
  );
  it('a text can neither end its sequence nor begin another one, nor be a progress bar', async () => {
    const evil = {title: '4;1\u0007\u001b]0;x', body: 'a;b\u009c\u001b\\c\u202e', urgent: false};
    for (const env of [{TERM_PROGRAM: 'iTerm.app'}, {TERM: 'foot'}, {TERM: 'xterm-kitty'}] as Environment[]) {
      const sequence = notificationAt(await placeOf(env, tmux({})), evil);
      const texts = sequence.split(/\u001b\]|\u001b\\|\u0007/).filter(Boolean);
      expect(texts.length).toBe(env.TERM === 'xterm-kitty' ? 2 : 1);
      expect(texts.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(sequence).not.toMatch(/\]9;\d/);
    }
    const long = notificationAt(await placeOf({TERM: 'foot'}, tmux({})), {...message, body: 'x'.repeat(900)});
    expect(long.length).toBeLessThan(300);
  });
});

describe('a notification among frames', () => {
  const [begin, end] = ['\u001b[?2026h', '\u001b[?2026l'];
  function output() {
    const writes: string[] = [];
    const stdout = {isTTY: true, columns: 80, write: (text: string) => writes.push(text) > 0};
    return {writes, ...coalesce(stdout as unknown as NodeJS.WriteStream, {marks: true})};
  }
  it('is written between them, never inside one', () => {
    const {writes, stdout, interject} = output();
    interject(bel);
    stdout.write(begin);
    stdout.write('one ');
    interject(osc9);
    stdout.write('frame');
    stdout.write(end);
    interject(bel);
    expect(writes).toEqual([bel, `${begin}one frame${end}${osc9}`, bel]);
  });
  it('is not lost in a frame of which nothing remains', () => {
    const {writes, stdout, interject} = output();
    stdout.write(begin);
    interject(bel);
    stdout.write(end);
    expect(writes).toEqual([bel]);
  });
  it('is dropped once the terminal was given back', () => {
    const {writes, interject, giveBack} = output();
    giveBack();
    interject(bel);
    expect(writes).toEqual([]);
  });
  it('draws nothing: a terminal shows the same before and after, whatever it understands', async () => {
    const terminal = new Terminal({cols: 40, rows: 4, allowProposedApi: true});
    const shown = (): string[] =>
      [0, 1, 2, 3].map(row => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '');
    const write = (text: string) => new Promise<void>(resolve => terminal.write(text, resolve));
    let bells = 0;
    terminal.onBell(() => {
      bells += 1;
    });
    await write('\u001b[2;3Hhello');
    const before = [shown(), terminal.buffer.active.cursorX, terminal.buffer.active.cursorY];
    for (const sequence of [osc99, osc9, osc777, `\u001bPtmux;${osc99.replaceAll('\u001b', '\u001b\u001b')}${st}`])
      await write(sequence);
    expect([shown(), terminal.buffer.active.cursorX, terminal.buffer.active.cursorY]).toEqual(before);
    expect(bells).toBe(0);
    await write(bel);
    expect(bells).toBe(1);
  });
});
