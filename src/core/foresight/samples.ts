/**
 * What two readings of a window, one after the other, tell about its use in between. Pure. Use never falls inside a
 * window, so a fall is a reset, a changed plan, or the rounding of the service.
 */

/** One reading of one window. Times are epoch ms; a `windowMs` of null is a calendar month. */
export type Sample = {
  at: number;
  windowMs: number | null;
  state: 'known' | 'not-started' | 'unlimited' | 'unknown';
  /** null unless known. */
  usedPercent: number | null;
  resetsAt: number | null;
};

/**
 * `added` points of use between two moments, spread evenly; `seen` says whether use would have been seen there: false
 * where nothing could be used or nobody looked.
 */
export type Stretch = {from: number; to: number; added: number; seen: boolean};
export type TurnKind = 'reset' | 'early-reset' | 'moved' | 'rescaled';

/** What is known of a window after its last sample. */
export type Track = {
  at: number;
  started: boolean;
  /** The highest use of this window: a wobble of the service's rounding keeps it. */
  top: number;
  resetsAt: number | null;
};

export type Step = {track: Track; stretch: Stretch | null; turn: TurnKind | null};

const minute = 60_000;
const hour = 60 * minute;
/** A fall of this many points is rounding. */
const wobble = 1;
/** Services name one reset by seconds more or less; a reset that moves further is another one. */
const resetSlackMs = 10 * minute;
/** A fall to so little use says that the window began again, whatever its reset says. */
const emptyPercent = 5;
/** Poll follows on poll: between two so near to each other nobody was away. */
const closeMs = 20 * minute;
const idleMs = 6 * hour;
/** Longer ago, the use of a new window cannot be placed in time. */
const longestMs = 24 * hour;
const full = 100;

/** null for a sample that tells nothing: unknown, unlimited, or not newer than the last one. */
export function follow(track: Track | null, sample: Sample): Step | null {
  if (track !== null && sample.at <= track.at) return null;
  if (sample.state === 'not-started') return notStarted(track, sample);
  if (sample.state !== 'known' || sample.usedPercent === null) return null;
  const used = sample.usedPercent;
  if (track === null) return {track: trackOf(sample, used), stretch: null, turn: null};
  const kind = kindOf(track, sample, used);
  const next = {track: trackOf(sample, kind === 'same' || kind === 'moved' ? Math.max(track.top, used) : used)};
  switch (kind) {
    case 'same':
      return {...next, stretch: within(track, sample, used), turn: null};
    case 'moved':
      return {...next, stretch: within(track, sample, used), turn: kind};
    case 'rescaled':
      return {...next, stretch: {from: track.at, to: sample.at, added: 0, seen: false}, turn: kind};
    case 'reset':
    case 'early-reset':
      return {...next, stretch: ofNewWindow(track, sample, used), turn: kind};
    case 'begun':
      return {...next, stretch: ofNewWindow(track, sample, used), turn: null};
  }
}

const trackOf = ({at, resetsAt}: Sample, top: number): Track => ({at, started: true, top, resetsAt});

/** An idle window is seen where the poll before was near enough to know that it stayed idle. */
function notStarted(track: Track | null, {at}: Sample): Step {
  const next = {at, started: false, top: 0, resetsAt: null};
  if (track === null) return {track: next, stretch: null, turn: null};
  const since = at - track.at;
  const seen = track.started ? since <= closeMs && track.top < full : since <= idleMs;
  return {track: next, stretch: {from: track.at, to: at, added: 0, seen}, turn: track.started ? 'reset' : null};
}

function kindOf(track: Track, {at, resetsAt}: Sample, used: number): TurnKind | 'same' | 'begun' {
  if (!track.started) return 'begun';
  const fall = track.top - used;
  const moved = track.resetsAt !== null && resetsAt !== null && Math.abs(resetsAt - track.resetsAt) > resetSlackMs;
  const isOver = track.resetsAt !== null && track.resetsAt <= at + minute;
  if (isOver && (fall > 0 || moved)) return 'reset';
  if (fall > wobble) return moved || used <= emptyPercent ? 'early-reset' : 'rescaled';
  return moved ? 'moved' : 'same';
}

/** However long ago the last reading was: what happened in between is known in sum. A full window allows no use. */
const within = (track: Track, {at}: Sample, used: number): Stretch => ({
  from: track.at,
  to: at,
  added: Math.max(0, used - track.top),
  seen: track.top < full,
});

function ofNewWindow(track: Track, sample: Sample, used: number): Stretch {
  const {at} = sample;
  const from = at - track.at <= closeMs ? track.at : Math.max(track.at, startOf(sample) ?? track.at);
  if (from >= at || at - from > longestMs) return {from: Math.min(from, at), to: at, added: 0, seen: false};
  return {from, to: at, added: used, seen: true};
}

/** When the window began; null where that cannot be told. */
export function startOf({windowMs, resetsAt}: Pick<Sample, 'windowMs' | 'resetsAt'>): number | null {
  if (resetsAt === null) return null;
  return windowMs === null ? monthBefore(resetsAt) : resetsAt - windowMs;
}

/** One calendar month earlier, in UTC; the last day of a shorter month. */
function monthBefore(at: number): number {
  const then = new Date(at);
  const lastDay = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth(), 0)).getUTCDate();
  const day = Math.min(then.getUTCDate(), lastDay);
  const midnight = Date.UTC(then.getUTCFullYear(), then.getUTCMonth() - 1, day);
  return midnight + (((at % dayMs) + dayMs) % dayMs);
}
const dayMs = 24 * hour;
