/** The word of a list that was probably meant; undefined when none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const ranked = words
    .map(candidate => ({candidate, distance: distance(wanted, candidate.toLowerCase())}))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  const isNear =
    best !== undefined &&
    wanted !== '' &&
    (best.distance <= (wanted.length > 3 ? 2 : 1) || best.candidate.startsWith(wanted));
  return isNear ? best.candidate : undefined;
}

/** Levenshtein's: how many letters to add, drop or change. */
function distance(a: string, b: string): number {
  let row = Array.from({length: b.length + 1}, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
