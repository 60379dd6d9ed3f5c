import type {LedgerRow} from '../ledger.ts';
import type {MonitorDeps} from './deps.ts';

// A copy that was killed blocks the account no longer than this; one that lives renews its claim while its request runs.
const claimMs = 15_000;
const renewMs = 5000;

/** This copy's right to refresh an account, which no other copy of the ledger has at the same time. */
export type Claim = {
  /** Writes what came of it, and gives the claim back. */
  settle(row: LedgerRow): void;
  /** Gives it back without a result. */
  release(): void;
};

/** Null while another copy has it. Until it is given back it is renewed. */
export async function claimAccount(
  {ledger, clock}: Pick<MonitorDeps, 'ledger' | 'clock'>,
  key: string,
): Promise<Claim | null> {
  const claim = (): boolean | Promise<boolean> => ledger.claim(key, clock.now(), clock.now() + claimMs);
  if (!(await claim())) return null;
  let stopRenewing = clock.after(renewMs, function renew() {
    void claim();
    stopRenewing = clock.after(renewMs, renew);
  });
  return {
    settle(row) {
      stopRenewing();
      ledger.settle(row, clock.now());
    },
    release() {
      stopRenewing();
      ledger.release(key);
    },
  };
}
