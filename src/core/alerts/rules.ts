import {followed, isOver, type Mark, type Seen} from './mark.ts';

/** How one rule follows from what it was given for last. Pure. */

/** `fires`: the alert is to be given; else only what is remembered changes. */
export type Change = {mark: Mark; fires: boolean};

type Rule = {
  window: string;
  rule: string;
  mark: Mark | undefined;
  /** When its reading was made (epoch ms). */
  at: number;
  quiet: boolean;
  seen: number | null;
};

const given = ({window, rule, at, quiet, seen}: Rule, cycle: number | null): Change => ({
  mark: {window, rule, cycle, state: quiet ? 'held' : 'fired', firedAt: at, seen, calmSince: null},
  fires: !quiet,
});
const silently = ({mark}: Change): Change => ({mark: {...mark, state: 'fired'}, fires: false});
const armed = (mark: Mark): Change => ({mark: {...mark, state: 'armed', calmSince: null}, fires: false});

/** A rule, and the window as it was just read. */
export type RuleOf = Rule & {of: Seen};

/** A rule about how things are: given once, and again only after it was armed again. */
export type Level = RuleOf & {
  holds: boolean;
  /** Beside the end of the window. */
  isArmedAgain?: boolean;
  /** Something else tells of it. */
  withheld?: boolean;
};

export function levelChange(level: Level): Change | null {
  const {mark, of, holds, withheld = false} = level;
  const isArmed =
    mark === undefined || mark.state === 'armed' || isOver(mark, of) || (level.isArmedAgain === true && !holds);
  const isDue = isArmed || (mark.state === 'held' && !level.quiet);
  if (holds && isDue) {
    const change = given(level, of.window.resetsAt);
    return withheld ? silently(change) : change;
  }
  if (mark === undefined || mark.state === 'armed') return null;
  if (isArmed || (mark.state === 'held' && !holds)) return armed(mark);
  const next = followed(mark, of);
  return next === null ? null : {mark: next, fires: false};
}

/** A rule about something that happened between two readings. */
export type Happening = RuleOf & {
  happened: boolean;
  /** Whether it still matters when quiet hours end. */
  stillTrue: boolean;
};

export function happeningChange(happening: Happening): Change | null {
  const {mark, of, happened, stillTrue, quiet} = happening;
  const isGiven = (mark?.firedAt ?? 0) > (of.before?.at ?? 0);
  if (happened && !isGiven) return given(happening, of.window.resetsAt);
  if (mark?.state !== 'held') return null;
  if (!stillTrue) return armed(mark);
  return quiet ? null : given({...happening, at: mark.firedAt ?? happening.at, seen: mark.seen}, mark.cycle);
}
