import type {HandedFigures} from '../core/handed-figures.ts';
import {knownOf, withWindows} from '../core/latest-reading.ts';
import {type LedgerRow, rowOf} from '../core/ledger.ts';
import type {AccountState, Window} from '../core/model.ts';
import {reconcile} from '../core/polling/reconcile.ts';
import {type Account, accountKey, type Machine, type Provider} from '../core/provider.ts';
import {openLedger} from '../system/ledger/ledger.ts';

/** What `statusline --stdin` does beside its line: the figures that a program hands over go into the shared ledger. */

export type Handed = {provider: Provider; handed: HandedFigures; text: string};
type Options = {
  machine: Machine;
  stateDirectory: string;
  /** The account as the ledger has it. */
  rowOf(key: string): LedgerRow | null;
  isHidden(key: string): boolean;
  keepsHistory: boolean;
};

/**
 * The account with the figures in `text`, kept unless the ledger has them already; null where there are none. Never
 * rejects: the line is drawn in any case.
 */
export async function keepHanded(input: Handed, options: Options): Promise<LedgerRow | null> {
  try {
    const {machine, isHidden} = options;
    const now = machine.now();
    const windows = await input.handed.windows(JSON.parse(input.text), now);
    if (windows.length === 0) return null;
    const account = await accountFor(input, machine);
    if (account === null) return rowOf(withFigures(nobody(input, machine), windows, options, now));
    if (isHidden(account.key)) return null;
    const row = rowOf(withFigures(account, windows, options, now));
    if (!isKept(options.rowOf(account.key), row)) write(row, options, now);
    return row;
  } catch {
    return null;
  }
}

/** That of the program itself, else whatever login of the provider is there. */
async function accountFor({provider, handed}: Handed, machine: Machine): Promise<Account | null> {
  const [own] = await provider.discover(machine, [handed.place]);
  return own ?? (await provider.discover(machine))[0] ?? null;
}

/** The figures without an account are shown, and not kept. */
const nobody = ({provider, handed: {name}}: Handed, machine: Machine): Account => ({
  key: accountKey(machine, provider.id, name),
  provider: provider.id,
  label: name,
  source: name,
  credential: null,
  secrets: [],
  fingerprint: '',
  expiresAt: null,
  stored: false,
});

function withFigures(account: Account, windows: readonly Window[], options: Options, now: number): AccountState {
  const [state] = reconcile([account], [], options.rowOf, now);
  if (state === undefined) throw new Error('an account was lost');
  const known = withWindows(knownOf(state), windows, now);
  if (known === null) return state;
  // What another setting would show is of this moment, and not kept.
  const {remedy: _, ...reading} = known.reading;
  return {...state, readAt: known.readAt, reading: {...reading, plan: state.reading?.plan ?? null}};
}

// A status line is drawn several times a second; other copies need not hear of a figure each time that it stays the same.
const sameForMs = 15_000;

function isKept(before: LedgerRow | null, row: LedgerRow): boolean {
  const figures = (windows: readonly Window[] = []): string =>
    JSON.stringify(windows.map(({readAt: _, ...rest}) => rest));
  const latest = (each: LedgerRow | null): number =>
    Math.max(0, ...(each?.reading?.windows ?? []).map(({readAt}) => readAt ?? 0));
  const ageMs = latest(row) - latest(before);
  return figures(before?.reading?.windows) === figures(row.reading?.windows) && ageMs >= 0 && ageMs < sameForMs;
}

function write(row: LedgerRow, {stateDirectory, keepsHistory}: Options, now: number): void {
  const ledger = openLedger({directory: stateDirectory, onNotice: () => {}, keepsHistory: () => keepsHistory});
  ledger.settle(row, now);
  ledger.close();
}
