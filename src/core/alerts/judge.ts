import {believedMs, type WindowForecast} from '../foresight/forecasts.ts';
import {windowAt} from '../reading-at.ts';
import type {AlertEvent, AlertName} from './event.ts';
import {judgeLogin} from './login.ts';
import {hasReset, isOver, type Mark, type Seen, seenAt} from './mark.ts';
import {isQuiet} from './quiet.ts';
import {type Change, happeningChange, levelChange, type RuleOf} from './rules.ts';
import type {Judged, Situation} from './situation.ts';
import {type Wanted, wantedFor} from './wanted.ts';

/**
 * What a reading (or a failure) of an account means for its alerts: pure, and the same whoever asks, as often as they
 * ask. What was given before stands in the marks. Times are epoch ms.
 */

const full = 100;

export function judge(given: Situation): Judged[] {
  const situation = {...given, marks: given.marks.map(mark => dated(mark, given.now))};
  const {row, now, settings} = situation;
  const quiet = isQuiet(settings.quiet, now);
  const ofLogin = judgeLogin({...situation, quiet, wanted: wantedFor(settings, row.provider, null)});
  if (row.failure !== null) return ofLogin;
  const all = windowsOf(situation);
  const isSpent = all.some(({used}) => used >= full);
  return [...ofLogin, ...all.flatMap(seen => judgeWindow({...situation, quiet, isSpent}, seen))];
}

// Another copy may be a little ahead.
const aheadMs = 60 * 60_000;
/** A time to come was told by a clock that was wrong: nobody knows when that was. */
function dated(mark: Mark, now: number): Mark {
  const past = (at: number | null): number | null => (at !== null && at > now + aheadMs ? null : at);
  return {...mark, firedAt: past(mark.firedAt), calmSince: past(mark.calmSince)};
}

/** Windows of which this reading tells something: a stale one fires nothing and arms nothing again. */
function windowsOf({before, row, now}: Situation): Seen[] {
  return (row.reading?.windows ?? []).flatMap(window => {
    const at = window.readAt ?? row.readAt;
    const {use} = windowAt(window, row.readAt, now);
    if (at === null || now - at > believedMs) return [];
    return use.state === 'known' || use.state === 'not-started' ? [seenAt(before, window, at)] : [];
  });
}

type Scene = Situation & {quiet: boolean; isSpent: boolean};
type Parts = {
  seen: Seen;
  wanted: Wanted;
  forecast: WindowForecast | null;
  /** A rule of the window, and the figure that its alert names. */
  rule(name: string, figure?: number | null): RuleOf;
};

function judgeWindow(scene: Scene, seen: Seen): Judged[] {
  const {window, at} = seen;
  const markOf = (rule: string): Mark | undefined =>
    scene.marks.find(mark => mark.window === window.id && mark.rule === rule);
  const parts: Parts = {
    seen,
    wanted: wantedFor(scene.settings, scene.row.provider, window.id),
    forecast: seen.isStarted ? scene.forecastOf(scene.row, window) : null,
    rule: (rule, figure = seen.used) => ({
      ...{window: window.id, rule, mark: markOf(rule), at, quiet: scene.quiet, seen: figure, of: seen},
    }),
  };
  const changes = [...aboutUse(parts), ...aboutForecast(parts, scene), ...aboutTurns(parts)];
  return changes.map(({mark, fires}) => ({mark, event: fires ? eventOf(mark, parts, scene) : null}));
}

const present = (changes: (Change | null)[]): Change[] => changes.filter(change => change !== null);

/** A fall by less than this is not worth a second alert when it rises again. */
const rearmBelow = 5;

function aboutUse({seen, wanted, rule}: Parts): Change[] {
  const {used} = seen;
  let told = wanted.has('spent') && used >= full;
  // Also where nobody wants to hear of it: what was told of an earlier window has to end with that.
  const spent = levelChange({...rule('spent'), holds: told, isArmedAgain: used <= full - rearmBelow});
  const thresholds = wanted.has('threshold') ? wanted.thresholds : [];
  const crossed = thresholds.map(threshold => {
    const isAgain = used <= threshold - rearmBelow;
    const level = {...rule(`threshold:${threshold}`), holds: used >= threshold, isArmedAgain: isAgain, withheld: told};
    // One window, one message: the highest that was crossed.
    told ||= level.holds;
    return levelChange(level);
  });
  return present([spent, ...crossed]);
}

const dayMs = 24 * 60 * 60_000;
const calmMs = 30 * 60_000;
const calmBelow = 0.3;
const longestShortMs = 12 * 60 * 60_000;
const leastBetweenMs = {short: 60 * 60_000, long: 12 * 60 * 60_000};
const unusedBelow = 60;
const lastShare = 0.1;

function aboutForecast(parts: Parts, {now, isSpent}: Scene): Change[] {
  const {seen, wanted, forecast, rule} = parts;
  const {window} = seen;
  const wasted =
    (forecast?.usedRange?.[1] ?? full) <= unusedBelow &&
    window.resetsAt !== null &&
    window.resetsAt - now <= lastShare * (window.windowMs ?? 30 * dayMs);
  const unused = wanted.has('unused') ? levelChange({...rule('unused'), holds: wasted}) : null;
  if (!wanted.has('run-out') || wanted.runOutFrom === null) return present([unused]);
  const {probability = null, learnedFrom = null} = forecast ?? {};
  const isLearned = learnedFrom !== null && now - learnedFrom >= dayMs;
  const likely = probability !== null && probability >= wanted.runOutFrom;
  const level = rule('run-out');
  const isCalm = calmFor(level.mark, seen.at) >= calmMs;
  const holds = likely && isLearned && !isSpent && !isTooSoon(level.mark, seen);
  const isArmedAgain = isCalm && probability !== null && probability <= calmBelow;
  return present([
    unused,
    levelChange({...level, holds, isArmedAgain}) ?? calmChange(level.mark, probability, seen.at),
  ]);
}

const calmFor = (mark: Mark | undefined, at: number): number => (mark?.calmSince == null ? 0 : at - mark.calmSince);

/** However often the forecast changes its mind. */
function isTooSoon(mark: Mark | undefined, {at, window: {windowMs}}: Seen): boolean {
  if (mark === undefined || mark.firedAt === null || mark.state === 'held') return false;
  const isShort = windowMs !== null && windowMs <= longestShortMs;
  return at - mark.firedAt < (isShort ? leastBetweenMs.short : leastBetweenMs.long);
}

function calmChange(mark: Mark | undefined, probability: number | null, at: number): Change | null {
  if (mark === undefined || mark.state === 'armed' || probability === null) return null;
  const isCalm = probability <= calmBelow;
  if (isCalm === (mark.calmSince !== null)) return null;
  return {mark: {...mark, calmSince: isCalm ? at : null}, fires: false};
}

const worthReset = 75;

function aboutTurns({seen, wanted, rule}: Parts): Change[] {
  const {before, turn} = seen;
  const {mark: spent} = rule('spent');
  const wasSpent =
    (hasReset(seen) && (before?.used ?? 0) >= full) ||
    (spent !== undefined && spent.state === 'fired' && isOver(spent, seen));
  const isBack = wasSpent && seen.used < full && wanted.has('back');
  const happening = (name: AlertName, happened: boolean, stillTrue = true): Change | null => {
    const own = rule(name, before?.used ?? null);
    if (!wanted.has(name)) return null;
    return happeningChange({...own, happened, stillTrue: stillTrue && isSame(own.mark, seen)});
  };
  return present([
    happening('back', isBack, seen.used < full),
    happening('reset', turn === 'reset' && !isBack && (before?.used ?? 0) >= worthReset),
    happening('early-reset', turn === 'early-reset' && !isBack),
    // Some services let figures fall all the time.
    happening('plan-changed', turn === 'rescaled' && !isTooSoon(rule('plan-changed').mark, seen)),
  ]);
}

const isSame = (mark: Mark | undefined, seen: Seen): boolean =>
  mark === undefined || !seen.isStarted || !isOver(mark, seen);

function eventOf(mark: Mark, {seen, forecast}: Parts, {row, now}: Scene): AlertEvent {
  const [event = '', threshold] = mark.rule.split(':');
  const isTurn = ['back', 'reset', 'early-reset', 'plan-changed'].includes(event);
  return {
    event: event as AlertName,
    at: now,
    ...{provider: row.provider, account: row.key, label: row.label, window: mark.window},
    usedPercent: seen.used,
    usedBefore: isTurn ? mark.seen : null,
    resetsAt: seen.window.resetsAt,
    threshold: threshold === undefined ? null : Number(threshold),
    failure: null,
    forecast,
  };
}
