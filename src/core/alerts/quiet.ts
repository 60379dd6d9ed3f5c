/** Hours of the local clock in which alerts wait. */

/** "22:00-08:00", also across midnight; 24:00 is the end of the day. */
export const quietPattern = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

export const isQuiet = (spans: readonly string[], now: number): boolean => spans.some(span => isWithin(span, now));

function isWithin(span: string, now: number): boolean {
  if (!quietPattern.test(span)) return false;
  const [from = 0, to = 0] = span.split('-').map(minutesOf);
  const then = new Date(now);
  const at = then.getHours() * 60 + then.getMinutes();
  return from < to ? at >= from && at < to : at >= from || at < to;
}

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};
