/** The value below which `share` of the values lie (nearest rank). NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Numbers are rounded for reading; what was not measured is a dash. */
export function figure(value: number, digits = 1): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '—';
}

export const ratio = (value: number, baseline: number): string => `${figure(value / baseline, 2)} ×`;

export const megabytes = (bytes: number): string => figure(bytes / 1_048_576);
