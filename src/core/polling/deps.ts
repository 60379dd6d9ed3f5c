import type {Clock} from '../clock.ts';
import type {Ledger} from '../ledger.ts';
import type {MonitorState} from '../model.ts';
import type {Provider, Wire} from '../provider.ts';
import type {Settings} from '../settings.ts';
import type {ReadOnlyStore, Store} from '../store.ts';
import type {Redactor} from '../text/redact.ts';
import type {Discovery} from './discovery.ts';
import type {Stirs} from './look-turns.ts';

/** Everything that the monitor decides with; `compose` brings the real ones, tests their own clock and ledger. */
export type MonitorDeps = {
  providers: readonly Provider[];
  discovery: Discovery;
  /** Throws `ProviderError` when the configured endpoint is refused. */
  wireFor(provider: Provider, signal: AbortSignal, deadlineMs: number): Wire;
  /** Origin that stands in for the provider's own hosts; null when none does. */
  endpointOf?(provider: string): string | null;
  /** Logins have been looked for, or nothing has happened where they are; as of `startedAt` (epoch ms). */
  onLooked?(startedAt: number): void;
  /** Without it, logins are looked for every few seconds. */
  stirs?: Stirs | undefined;
  ledger: Ledger;
  clock: Clock;
  /** 0 ≤ random < 1. */
  random(): number;
  redactor: Redactor;
  /** As the user has set them by now; a change takes effect at once. */
  settings: ReadOnlyStore<Settings>;
  store: Store<MonitorState>;
};
