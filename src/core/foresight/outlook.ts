/** What may be told of a window's time to come: the forecast, no finer than it is known. */

/** Of the local clock. `halfDay`: the moment lies in the twelve hours that begin at `at`; else it is near to `at`. */
export type RoughTime = {at: number; halfDay: boolean};

export type Outlook = {
  /** `lasts`: the chance to run out is under a tenth. */
  verdict: 'too-early' | 'lasts' | 'likely-lasts' | 'may-run-out' | 'runs-out' | 'spent';
  /** That it runs out before its reset: once in so many times, and in percent by fives (0: under 5, 100: over 95). */
  oneIn: number | null;
  chance: number | null;
  /** If it runs out. Of what is spent: since when. */
  runOutAt: RoughTime | null;
  range: readonly [RoughTime, RoughTime] | null;
  /** Whole percents used by the reset, 8 times in 10. */
  usedRange: readonly [number, number] | null;
  /** Since when, while too little is known of this person; else null. */
  learningSince: number | null;
  /** How many of the last ranges held; null while none was tried. */
  record: TrackRecord | null;
};

export type TrackRecord = {held: number; of: number};
