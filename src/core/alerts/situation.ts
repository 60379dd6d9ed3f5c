import type {ForecastOf} from '../foresight/forecasts.ts';
import type {LedgerRow} from '../ledger.ts';
import type {AlertEvent, AlertSettings} from './event.ts';
import type {Mark} from './mark.ts';

/** What alerts are decided on. Times are epoch ms. */
export type Situation = {
  /** The account before, as far as it is known. */
  before: LedgerRow | null;
  row: LedgerRow;
  marks: readonly Mark[];
  now: number;
  settings: AlertSettings;
  forecastOf: ForecastOf;
};

/** `event` is null where only what is remembered changes. */
export type Judged = {mark: Mark; event: AlertEvent | null};
