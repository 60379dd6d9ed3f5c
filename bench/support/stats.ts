/** The value below which `share` of the values lie (nearest rank). NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Numbers are rounded for reading; what was not measured is a dash. */
export const figure = (value: number, digits = 1): string => (Number.isFinite(value) ? value.toFixed(digits) : '—');

export const ratio = (value: number, baseline: number): string => `${figure(value / baseline, 2)} ×`;

export const megabytes = (bytes: number): string => figure(bytes / 1_048_576);

/**
 * All subjects once per round, in an order that moves by one each round: what disturbs the machine disturbs all of them.
 * One round before that counts for nothing; it fills the caches of the file system.
 */
export async function interleaved(subjects: readonly (() => Promise<number>)[], rounds: number): Promise<number[][]> {
  const found: number[][] = subjects.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const at = (turn + round + 1) % subjects.length;
      const value = await subjects[at]?.();
      if (round >= 0 && value !== undefined) found[at]?.push(value);
    }
  }
  return found;
}
