/** The word of a list that was probably meant; undefined when none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const typed = word.slice(0, 40).toLowerCase();
  const [best] = words
    .map(candidate => ({candidate, changes: changesBetween(typed, candidate.toLowerCase())}))
    .sort((a, b) => a.changes - b.changes);
  if (best === undefined || typed === '') return undefined;
  const isNear = best.changes <= 2 && best.changes < best.candidate.length / 2;
  return isNear || best.candidate.startsWith(typed) ? best.candidate : undefined;
}

/** Letters to add, drop, change, or swap with their neighbour. */
function changesBetween(a: string, b: string): number {
  const rows = [Array.from({length: b.length + 1}, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const kept = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(kept, swapped, at(i - 1, j) + 1, at(i, j - 1) + 1));
    }
  }
  return at(a.length, b.length);
}
