import {hourMs, hoursOfDay} from './local-time.ts';
import {type Rhythm, rateAt, rhythmOf} from './rhythm.ts';
import {follow, type Sample, startOf, type Track, type TurnKind} from './samples.ts';
import {
  addedIn,
  addedInHour,
  emptySlots,
  record,
  type Slots,
  seenIn,
  seenInHour,
  slotHours,
  slotMs,
  slotsOfHour,
  sumUp,
} from './slots.ts';
import {spans, type Usage} from './usage.ts';

/** What is learned from the readings of one window of one account. Filled in place: there are tens of thousands of readings. */
export type Series = {
  slots: Slots;
  track: Track | null;
  /** The last sample, also one that tells no use. */
  last: Sample | null;
  learned: Learned | null;
};

/** What lasts for an hour, however often it is asked for. */
export type Learned = {hour: number; short: boolean; rhythm: Rhythm; spread: number};

const dayMs = 24 * hourMs;
/** Windows up to this long are used up in one sitting; longer ones in days. */
const longestShortMs = 12 * hourMs;
/** Points per hour while nothing is known. */
const usualShortLevel = 2;
/** Of longer windows: so many points in the whole of one. */
const usualPoints = 80;

export const emptySeries = (): Series => ({slots: emptySlots(), track: null, last: null, learned: null});

/** Takes a reading in. Returns the turn that it told of; readings have to come in the order of time. */
export function take(series: Series, sample: Sample): TurnKind | null {
  if (series.last !== null && sample.at <= series.last.at) return null;
  series.last = sample;
  const step = follow(series.track, sample);
  if (step === null) return null;
  series.track = step.track;
  if (step.stretch !== null) record(series.slots, step.stretch);
  return step.turn;
}

/**
 * Takes history in, oldest first, before any reading. Days tell no hour, and are left out; so is a time to come, which a
 * clock told that was wrong.
 */
export function restore(series: Series, usage: readonly Usage[], now: number): void {
  for (const {span, at, added, seen} of usage) {
    if (span === spans.day || (added === 0 && seen === 0) || at * 1000 >= now) continue;
    const stretch = {from: at * 1000, to: (at + span) * 1000, added: added / 10, seen: seen > 0};
    record(series.slots, stretch, seen / span);
  }
}

export const isShort = ({windowMs}: Pick<Sample, 'windowMs'>): boolean =>
  windowMs !== null && windowMs <= longestShortMs;

/** The rhythm and the spread as of the hour of `now`, from whole slots. */
export function learn(series: Series, sample: Sample, now: number): Learned {
  const hour = Math.floor(now / hourMs);
  const short = isShort(sample);
  const {learned} = series;
  if (learned !== null && learned.hour === hour && learned.short === short) return learned;
  sumUp(series.slots, Math.floor(now / slotMs));
  const rhythm = rhythmOf(series.slots, short ? usualShortLevel : usualPoints / lengthHours(sample));
  series.learned = {hour, short, rhythm, spread: spreadOf(series.slots, rhythm, hour, short)};
  return series.learned;
}

function lengthHours({windowMs, resetsAt}: Sample): number {
  const start = startOf({windowMs, resetsAt});
  const ms = windowMs ?? (start === null || resetsAt === null ? 30 * dayMs : resetsAt - start);
  return Math.max(1, ms / hourMs);
}

/** How much more than a Poisson day a day of this person varies: φ, in points. */
const usualSpread = {short: 36, long: 16};
const spreadInertia = 20;
const mostDays = 42;
/** Further back no slots are kept. */
const mostHours = 64 * hoursOfDay;
/** A day of which less was seen says nothing. */
const leastSeenHours = 4;

function spreadOf(slots: Slots, rhythm: Rhythm, hour: number, short: boolean): number {
  const usual = short ? usualSpread.short : usualSpread.long;
  const oldest = Math.max(hoursOfDay, hour - mostHours, Math.floor(slots.first / slotsOfHour));
  let [days, squares, sum] = [0, 0, 0];
  for (let end = hour; days < mostDays && end > oldest; end -= hoursOfDay) {
    const {added, expected, seen} = dayBefore(slots, rhythm, end);
    if (seen < leastSeenHours) continue;
    days += 1;
    squares += (added - expected) ** 2;
    sum += expected;
  }
  const own = sum > 0 ? squares / sum : usual;
  return (days * own + spreadInertia * usual) / (days + spreadInertia);
}

/** The 24 hours before an hour, in points, and in hours where use would have been seen. */
function dayBefore(slots: Slots, rhythm: Rhythm, end: number): {added: number; expected: number; seen: number} {
  let [added, expected, seen] = [0, 0, 0];
  for (let hour = end - hoursOfDay; hour < end; hour += 1) {
    const share = seenInHour(slots, hour);
    if (share === 0) continue;
    added += addedInHour(slots, hour);
    seen += share;
    expected += rateAt(rhythm, hour * hourMs) * share;
  }
  return {added, expected, seen};
}

export type Excess = {halfLifeMs: number; inertiaHours: number; share: number; fadesMs: number};
/** What the last minutes did beyond the rhythm, and what the last day did: each fades while it is carried on. */
export const fast: Excess = {halfLifeMs: 12 * 60_000, inertiaHours: 0.35, share: 1, fadesMs: 90 * 60_000};
export const slow: Excess = {halfLifeMs: 8 * hourMs, inertiaHours: 10, share: 0.5, fadesMs: 48 * hourMs};
/** Beyond so many half-lives nothing weighs. */
const halfLives = 7;

/** Points per hour above (or below) the rhythm, lately. */
export function excessAt({slots}: Series, rhythm: Rhythm, kind: Excess, now: number): number {
  let more = 0;
  let hours = kind.inertiaHours;
  const first = Math.floor((now - halfLives * kind.halfLifeMs) / slotMs);
  for (let slot = Math.max(first, 0, slots.first); slot * slotMs < now; slot += 1) {
    const seen = seenIn(slots, slot) * slotHours;
    const added = addedIn(slots, slot);
    if (seen === 0 && added === 0) continue;
    const middle = (slot * slotMs + Math.min(now, (slot + 1) * slotMs)) / 2;
    const weight = 2 ** ((middle - now) / kind.halfLifeMs);
    more += weight * (added - rateAt(rhythm, slot * slotMs) * seen);
    hours += weight * seen;
  }
  return (kind.share * more) / hours;
}
