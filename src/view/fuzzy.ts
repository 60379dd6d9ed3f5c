import {lettersOf} from './format/cells.ts';

/** How well a query's letters stand in a text, in their order: the higher, the better. `skipped`: how many others stand between them. */
export type FuzzyMatch = {score: number; skipped: number};

const inRow = 3;
const atWordStart = 4;
const perSkipped = 1;
const whole = 20;

/** The best way to find the letters; null when they do not all stand there. Case does not count. */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const [wanted, letters] = [lettersOf(query.toLowerCase()), lettersOf(text.toLowerCase())];
  const [first] = wanted;
  if (first === undefined) return {score: 0, skipped: 0};
  const starts = letters.flatMap((letter, at) => (letter === first ? [at] : []));
  const found = starts.flatMap(start => matchFrom(wanted, letters, start) ?? []);
  return found.reduce<FuzzyMatch | null>((best, each) => (best && best.score >= each.score ? best : each), null);
}

/** The letters from a place on, each as soon as it comes. */
function matchFrom(wanted: readonly string[], letters: readonly string[], start: number): FuzzyMatch | null {
  let [score, skipped, after] = [0, 0, start];
  for (const letter of wanted) {
    const at = letters.indexOf(letter, after);
    if (at < 0) return null;
    score += 1 + (at === after ? inRow : 0) + (startsWord(letters, at) ? atWordStart : 0) - perSkipped * (at - after);
    skipped += at - after;
    after = at + 1;
  }
  return {score: score + (skipped === 0 ? whole : 0), skipped};
}

const startsWord = (letters: readonly string[], at: number): boolean =>
  at === 0 || !/[\p{L}\p{N}]/u.test(letters[at - 1] ?? '');

/** Close enough to be meant: the letters begin a word, and no more are skipped than there are. A single one has to stand there as it is. */
export function isClose(query: string, text: string): boolean {
  if (text.toLowerCase().includes(query.toLowerCase())) return true;
  const wanted = lettersOf(query.toLowerCase());
  const letters = lettersOf(text.toLowerCase());
  return letters.some((letter, at) => {
    if (letter !== wanted[0] || wanted.length < leastFuzzy || !startsWord(letters, at)) return false;
    const found = matchFrom(wanted, letters, at);
    return found !== null && found.skipped <= wanted.length;
  });
}

/** Two letters stand in nearly every text. */
const leastFuzzy = 3;
