/** Which hour of the person's week a moment lies in, by the local clock. */

export const hourMs = 3_600_000;
export const hoursOfDay = 24;
export const cells = 7 * hoursOfDay;

// A forecast asks for hundreds of hours, and its neighbours for the same ones.
const mostRemembered = 20_000;
const remembered = new Map<number, number>();

/** Weekday (Monday 0) × 24 + hour of the local clock. Half-hour time zones share a cell between two local hours. */
export function cellOf(at: number): number {
  const hour = Math.floor(at / hourMs);
  const known = remembered.get(hour);
  if (known !== undefined) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const then = new Date(hour * hourMs);
  const cell = ((then.getDay() + 6) % 7) * hoursOfDay + then.getHours();
  remembered.set(hour, cell);
  return cell;
}
