// Years of four digits: others are no date-time to those who read ours.
const leastMs = Date.parse('0000-01-01T00:00:00.000Z');
const greatestMs = Date.parse('9999-12-31T23:59:59.999Z');

/** ISO 8601 in UTC; null for a time that is not told or cannot be told. */
export const iso = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined || !(ms >= leastMs && ms <= greatestMs) ? null : new Date(ms).toISOString();
