import {writeSync} from 'node:fs';

/** The terminal while only the first frame stands on it: keys wait until somebody reads them, and no end leaves it as it is. */
export type Hold = {leave(): void; release(): void};

const enter = '\u001b[?1049h\u001b[?25l';
const leaving = '\u001b[?1049l\u001b[?25h';
const home = '\u001b[H';
const [begin, end] = ['\u001b[?2026h', '\u001b[?2026l'];
const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/** Paints on the alternate screen and holds the terminal. `marks`: see `coalesce`. Throws when nothing could be written. */
export function paintAndHold(frame: string, marks: boolean): Hold {
  // First of all: a Ctrl+C between the frame and this would leave the screen as it is.
  const hold = holdTerminal();
  try {
    writeAll(`${enter}${marks ? begin : ''}${frame}${home}${marks ? end : ''}`);
    // Loading the stream takes a while. Nobody reads from it: keys wait in the kernel.
    process.stdin.setRawMode?.(true);
  } catch (error) {
    hold.leave();
    throw error;
  }
  return hold;
}

function holdTerminal(): Hold {
  let isHeld = true;
  const release = (): void => {
    isHeld = false;
    process.off('exit', leave).off('uncaughtExceptionMonitor', leave);
    // A signal that came meanwhile is heard in the next turn; without a listener since then it would be lost.
    setImmediate(() => setImmediate(deafen));
  };
  const leave = (): void => {
    if (!isHeld) return;
    release();
    process.stdin.setRawMode?.(false);
    writeAll(leaving);
  };
  // Again, for whoever has the terminal now. Node does not reset it by itself once somebody has listened for the signal.
  const die = (signal: NodeJS.Signals): void => {
    leave();
    deafen();
    process.kill(process.pid, signal);
  };
  const deafen = (): void => {
    for (const signal of signals) process.off(signal, die);
  };
  process.on('exit', leave).on('uncaughtExceptionMonitor', leave);
  for (const signal of signals) process.on(signal, die);
  return {leave, release};
}

const patienceMs = 50;

/** A terminal that another program left non-blocking takes a part at a time. What it never takes, the next frame writes. */
function writeAll(text: string): void {
  let rest = Buffer.from(text);
  const startedAt = Date.now();
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      const {code} = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN') throw error;
      if (Date.now() - startedAt > patienceMs) return;
    }
  }
}
