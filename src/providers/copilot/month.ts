/** 00:00 UTC on the first of the next month (epoch ms): when GitHub's counters start anew. */
export function nextMonthStart(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** Year and month in UTC, as the billing endpoints count them. */
export function monthOf(now: number): {year: number; month: number} {
  const date = new Date(now);
  return {year: date.getUTCFullYear(), month: date.getUTCMonth() + 1};
}
