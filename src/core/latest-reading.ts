import type {AccountState, Reading, Window} from './model.ts';

/**
 * One reading from several sources: whole ones (the service's answer, another program's copy of it), and windows that
 * came alone, each with its own time (`Window.readAt`). Of each window the newest counts; the age is that of the oldest
 * that is shown. Pure.
 */

export type Known = {reading: Reading; readAt: number};

export const knownOf = ({reading, readAt}: Pick<AccountState, 'reading' | 'readAt'>): Known | null =>
  reading === null || readAt === null ? null : {reading, readAt};

/** What is known once a whole reading has come: all that is older gives way, also where the new one is silent. */
export function withReading(known: Known | null, come: Known): Known {
  if (known === null) return come;
  const wholeAt = wholeReadAt(known);
  if (wholeAt !== null && wholeAt >= come.readAt) return known;
  return joined(
    come,
    known.reading.windows.filter(each => (each.readAt ?? 0) > come.readAt),
  );
}

/** What is known once these windows have come alone; the others stay. */
export function withWindows(known: Known | null, windows: readonly Window[], readAt: number): Known | null {
  if (windows.length === 0) return known;
  const come = windows.map(window => ({...window, readAt}));
  if (known === null) return joined({reading: empty, readAt}, come);
  const newer = come.filter(({id}) =>
    known.reading.windows.every(each => each.id !== id || timeOf(each, known) <= readAt),
  );
  return joined(known, newer);
}

/** Without the periods that are over at `now`; null when nothing is left. */
export function withoutEnded(known: Known | null, now: number): Known | null {
  if (known === null) return null;
  const {windows, amounts} = known.reading;
  const running = windows.filter(window => isRunning(window, timeOf(window, known), now));
  if (running.length === 0 && (windows.length > 0 || amounts.length === 0)) return null;
  return running.length === windows.length
    ? known
    : joined({...known, reading: {...known.reading, windows: running}}, []);
}

/** A window of which no reset is told cannot outlast its own length. */
function isRunning(window: Window, readAt: number, now: number): boolean {
  const {resetsAt} = window;
  if (resetsAt !== null) return resetsAt > now;
  const length = greatestLength(window);
  return length === null || readAt + length > now;
}

const longestMonthMs = 31 * 24 * 3_600_000;

/** A month of which no length is told is over after the longest one. */
const greatestLength = ({id, windowMs}: Window): number | null =>
  windowMs ?? (/(?:^|\/)monthly$/.test(id) ? longestMonthMs : null);

const empty: Reading = {plan: null, windows: [], amounts: [], notes: []};
const timeOf = (window: Window, {readAt}: Known): number => window.readAt ?? readAt;

/** When what did not come alone was read; null where there is nothing of it. */
const wholeReadAt = ({reading: {windows, amounts}, readAt}: Known): number | null =>
  amounts.length > 0 || windows.some(window => window.readAt === undefined) ? readAt : null;

function joined(whole: Known, later: readonly Window[]): Known {
  const byId = new Map([...whole.reading.windows, ...later].map(window => [window.id, window]));
  const windows = [...byId.values()];
  const known = {...whole, reading: {...whole.reading, windows}};
  const oldest = Math.min(...windows.map(window => timeOf(window, whole)));
  return wholeReadAt(known) === null && windows.length > 0 ? {...known, readAt: oldest} : known;
}
