import type {AlertEvent, GivenAlert} from './event.ts';
import type {Watcher} from './watcher.ts';

/** For a copy that gives alerts: they are decided with each row that it writes, and with each that other copies wrote. */
export type AlertParts = {
  watcher: Watcher;
  /** What this copy is to tell: no other one does. */
  tell(events: readonly AlertEvent[]): void;
  /** What was given may have changed, by any copy. */
  changed(): void;
};

/** What a ledger knows of alerts, beside its rows. */
export type AlertMemory = {
  /** Decides again about what quiet hours hold. */
  review(now: number): void;
  /** The last alerts, the newest first. */
  given(): GivenAlert[];
};
