import {mouseOff, mouseOn} from '../view/mouse.ts';
import {createModes} from './modes.ts';
import {type PaintedOptions, takingOver} from './painted.ts';
import type {Size} from './size.ts';

const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';
const alternate = '1049';
const enterAlternate = '\u001b[?1049h';
const leaveAlternate = '\u001b[?1049l';
const emptyScreen = '\u001b[H\u001b[J';

export type Output = {
  /** What Ink takes for the terminal. */
  stdout: NodeJS.WriteStream;
  /** Mouse reporting lives and dies with the alternate screen: whatever ends the one ends the other. */
  setMouse(on: boolean): void;
  /** Writes of `run` are dropped. */
  ignoreErrors(run: () => void): void;
  /** Writes what draws nothing (a bell, a notification): never inside a frame. */
  interject(text: string): void;
  /** The next frame is drawn on an empty screen, whatever stands there now. */
  eraseFirst(): void;
  /** Switches everything off; from here on nothing is written. */
  giveBack(): void;
  /** From here on it is written again. */
  takeBack(): void;
  /** Switches on again what should be on: others may have switched it off. */
  switchOn(): void;
};

export type OutputOptions = {
  /** Keep the marks for terminals that understand them; tmux redraws a whole pane for each. */
  marks: boolean;
} & PaintedOptions;

/** One write per frame: Ink writes a frame in three parts between two marks, and a slow link shows the parts. */
export function coalesce(stdout: NodeJS.WriteStream, options: OutputOptions): Output {
  const modes = createModes();
  // The stream's own: what others write to it is caught.
  const own = stdout.write.bind(stdout);
  let held: string | null = null;
  let mouse = false;
  let silent = false;
  let givenBack = false;
  let [prefix, suffix] = ['', ''];
  const painted = takingOver(options, modes);

  const write = (text: string, done?: () => void): boolean => {
    modes.see(text);
    if (!silent && !givenBack) return done ? own(text, done) : own(text);
    done?.();
    return true;
  };
  const pass = (given: string, done?: () => void): boolean => {
    const text = painted.entered(given);
    if (text.includes(leaveAlternate)) return write(`${mouseOff}${text}`, done);
    return write(text.includes(enterAlternate) && mouse ? `${text}${mouseOn}` : text, done);
  };
  const frame = (text: string, done?: () => void): boolean => {
    if (text === begin) {
      held = '';
      return true;
    }
    if (held === null) return pass(text, done);
    if (text !== end) {
      held += text;
      // Someone waits for this write: nothing may be held back any longer.
      if (!done) return true;
    }
    const whole = held;
    held = null;
    const drawn = whole === '' ? '' : marked(prefix + painted.drawn(whole), options.marks);
    if (whole !== '') prefix = '';
    const all = drawn + suffix;
    suffix = '';
    if (all !== '') return pass(all, done);
    done?.();
    return true;
  };
  return {
    stdout: asTerminal(stdout, frame, options.size),
    setMouse(on) {
      if (mouse === on) return;
      mouse = on;
      if (modes.has(alternate)) write(on ? mouseOn : mouseOff);
    },
    ignoreErrors(run) {
      silent = true;
      try {
        run();
      } finally {
        silent = false;
      }
    },
    interject(text) {
      if (held === null) write(text);
      else suffix += text;
    },
    eraseFirst() {
      prefix = emptyScreen;
    },
    giveBack() {
      if (givenBack) return;
      givenBack = true;
      const off = modes.off();
      if (off !== '') own(off);
    },
    takeBack() {
      givenBack = false;
    },
    switchOn() {
      const on = modes.on();
      if (on !== '') write(on);
    },
  };
}

const marked = (frame: string, marks: boolean): string => (marks ? `${begin}${frame}${end}` : frame);

/** The stream with our way of writing, and our idea of its size. Of changes of size Ink hears from us alone. */
function asTerminal(
  stdout: NodeJS.WriteStream,
  frame: (text: string, done?: () => void) => boolean,
  size: (() => Size) | undefined,
): NodeJS.WriteStream {
  const proxy: NodeJS.WriteStream = new Proxy(stdout, {
    get(target, property) {
      if (property === 'write') {
        return (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
          const done = typeof encoding === 'function' ? encoding : callback;
          return frame(String(chunk), typeof done === 'function' ? () => done() : undefined);
        };
      }
      if (size && (property === 'columns' || property === 'rows')) return size()[property];
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      if (!size || (property !== 'on' && property !== 'off')) return value.bind(target);
      return (event: string, listener: unknown) => {
        if (event !== 'resize') value.call(target, event, listener);
        return proxy;
      };
    },
  });
  return proxy;
}
