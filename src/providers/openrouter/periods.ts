import {day, week} from '../shared/windows.ts';

/** A period of the service's own calendar: UTC, weeks from Monday. */
export type Period = {
  id: '1d' | 'weekly' | 'monthly' | 'total';
  windowMs: number | null;
  resetsAt: number | null;
  /** The field that tells what was spent in it. */
  spendName?: string;
};

/** The period after which a cap resets; a word that nobody knows yet is a cap of which nothing more can be told. */
export function periodOf(reset: unknown, now: number): Period {
  const date = new Date(now);
  const [year, month, today] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (reset) {
    case 'daily':
      return {id: '1d', windowMs: day, resetsAt: Date.UTC(year, month, today + 1), spendName: 'usage_daily'};
    case 'weekly': {
      const resetsAt = Date.UTC(year, month, today + 7 - ((date.getUTCDay() + 6) % 7));
      return {id: 'weekly', windowMs: week, resetsAt, spendName: 'usage_weekly'};
    }
    case 'monthly': {
      const resetsAt = Date.UTC(year, month + 1, 1);
      return {id: 'monthly', windowMs: resetsAt - Date.UTC(year, month, 1), resetsAt, spendName: 'usage_monthly'};
    }
    case null:
    case undefined:
      return {id: 'total', windowMs: null, resetsAt: null, spendName: 'usage'};
    default:
      return {id: 'total', windowMs: null, resetsAt: null};
  }
}
