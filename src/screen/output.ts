import {mouseOff, mouseOn} from '../view/mouse.ts';

const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';
const enterAlternate = '\u001b[?1049h';
const leaveAlternate = '\u001b[?1049l';

export type Output = {
  stdout: NodeJS.WriteStream;
  /** Mouse reporting lives and dies with the alternate screen: whatever ends the one ends the other. */
  setMouse(on: boolean): void;
};

/**
 * One write per frame: Ink writes a frame in three parts between two marks, and a slow link shows the parts. `marks`:
 * keep the marks for terminals that understand them; tmux redraws a whole pane for each.
 */
export function coalesce(stdout: NodeJS.WriteStream, options: {marks: boolean}): Output {
  let held: string | null = null;
  let mouse = false;
  let alternate = false;
  const write = (text: string, done?: () => void): boolean => (done ? stdout.write(text, done) : stdout.write(text));

  const pass = (text: string, done?: () => void): boolean => {
    if (text.includes(enterAlternate)) alternate = true;
    if (text.includes(leaveAlternate)) {
      alternate = false;
      return write(`${mouseOff}${text}`, done);
    }
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
    if (whole === '') {
      done?.();
      return true;
    }
    return pass(options.marks ? `${begin}${whole}${end}` : whole, done);
  };

  const proxy = new Proxy(stdout, {
    get(target, property) {
      if (property === 'write') {
        return (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
          const done = typeof encoding === 'function' ? encoding : callback;
          return frame(String(chunk), typeof done === 'function' ? () => done() : undefined);
        };
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    stdout: proxy,
    setMouse(on) {
      if (mouse === on) return;
      mouse = on;
      if (alternate) stdout.write(on ? mouseOn : mouseOff);
    },
  };
}
