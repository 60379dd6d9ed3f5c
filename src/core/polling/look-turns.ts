/** When logins are looked for again. */

/** What is heard of the places where logins are kept. */
export type Stirs = {
  /** Whether something may have happened there since this was asked last; null: nobody can tell. */
  stirred(): boolean | null;
};

// A file that a login rewrites is seen within this time; unchanged files cost one stat each.
const everyMs = 15_000;
// Somebody who has just logged in looks at the screen. Some programs write there all day long: not for each of these.
const soon = {ms: 2_000, atMostEveryMs: 30_000};
// The safety net where places are watched: a program that was installed, a file system that did not tell.
const slowMs = 120_000;

/** `onStill`: nothing has happened there, so that a look would have found the same; every few seconds. */
export function createLookTurns(stirs?: Stirs, onStill: (now: number) => void = () => {}) {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let stillAt = Number.NEGATIVE_INFINITY;
  let soonAt = Number.NEGATIVE_INFINITY;
  let hasStirred = false;

  function isDueSoon(now: number): boolean {
    if (!hasStirred || now - soonAt < soon.atMostEveryMs) return false;
    soonAt = now;
    return true;
  }
  function noteStill(now: number): void {
    if (now - stillAt < everyMs) return;
    stillAt = now;
    onStill(now);
  }

  return {
    /** A look begins. */
    begin(now: number): void {
      lookedAt = now;
      stillAt = now;
      hasStirred = false;
    },
    isDue(now: number): boolean {
      const passed = now - lookedAt;
      // The clock was set back.
      if (passed < 0) return true;
      if (passed < soon.ms) return false;
      const told = stirs?.stirred() ?? null;
      hasStirred ||= told === true;
      if (passed < everyMs) return isDueSoon(now);
      if (hasStirred || told === null || passed >= slowMs) return true;
      noteStill(now);
      return false;
    },
  };
}
