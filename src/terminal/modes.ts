// DEC private modes, as programs set (h) and reset (l) them.
const modeChange = /\u001b\[\?([\d;]+)([hl])/g;
const cursor = '25';
// Marks around a frame: on and off in one write.
const synchronized = '2026';
const showCursor = '\u001b[?25h';
const hideCursor = '\u001b[?25l';

/** What is switched on in the terminal now, read off what is written to it, so that nothing of it can be forgotten. */
export type Modes = {
  see(text: string): void;
  has(mode: string): boolean;
  /** What switches all of it off, the last first; '' where nothing is on. */
  off(): string;
  /** What switches all of it on again. */
  on(): string;
};

export function createModes(): Modes {
  const set = new Set<string>();
  let hidden = false;
  const change = (mode: string, on: boolean): void => {
    if (mode === cursor) hidden = !on;
    else if (on) set.add(mode);
    else set.delete(mode);
  };
  return {
    see(text) {
      if (!text.includes('\u001b[?')) return;
      for (const [, modes = '', end] of text.matchAll(modeChange))
        for (const mode of modes.split(';')) if (mode !== synchronized) change(mode, end === 'h');
    },
    has: mode => set.has(mode),
    off: () =>
      [...set]
        .reverse()
        .map(mode => `\u001b[?${mode}l`)
        .join('') + (hidden ? showCursor : ''),
    on: () => [...set].map(mode => `\u001b[?${mode}h`).join('') + (hidden ? hideCursor : ''),
  };
}
