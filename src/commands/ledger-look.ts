import type {ElsewhereRow, Ledger, LedgerRow} from '../core/ledger.ts';
import type {CredentialRow} from '../core/services.ts';
import type {Settings} from '../core/settings.ts';
import {ledgerAddress} from '../system/ledger/ledger-address.ts';
import {openLedgerReadOnly} from '../system/ledger/read-only.ts';
import {homeOf} from '../system/paths.ts';
import {redactor} from './faults.ts';
import {complain} from './output.ts';

/** The ledger for commands that only look at it: this machine's file, or the database that many machines share. */

export type LedgerLook = Pick<Ledger, 'rows' | 'row' | 'history' | 'forecastsOf'> & {
  /** Accounts that other machines read. */
  elsewhere: readonly ElsewhereRow[];
  close(): void;
};

/** `since`: how much of the past is wanted of a database (epoch ms). The file stands in for one that cannot be used. */
export async function lookAtLedger(settings: Settings, stateDirectory: string, since?: number): Promise<LedgerLook> {
  const own = openLedgerReadOnly(stateDirectory);
  const look = await databaseLook(settings, since);
  if (look === null) return {...own, elsewhere: []};
  const known = new Map([...own.rows(), ...look.rows()].map(row => [row.key, row]));
  const others = new Map(look.elsewhere.filter(({key}) => own.row(key) === null).map(row => [row.key, row]));
  return {
    rows: () => [...known.values()].map(row => named(row, others.get(row.key))),
    row: key => known.get(key) ?? null,
    history: since === undefined ? own.history : look.history,
    forecastsOf: account => (known.has(account) ? look.forecastsOf(account) : own.forecastsOf(account)),
    elsewhere: [...others.values()],
    close: own.close,
  };
}

/** Where there is one. What cannot be forgotten there is found there again. */
export async function forgetInDatabase(settings: Settings, account: string | undefined): Promise<void> {
  const place = placeIn(settings, complain);
  if (place === null) return;
  const {forgetAt} = await import('../system/ledger/postgres/look.ts');
  await forgetAt(place, account).catch(() => {});
}

export const rowElsewhere = (row: ElsewhereRow): CredentialRow => ({
  account: {
    ...{key: row.key, provider: row.provider, label: named(row, row).label, source: row.source},
    ...{credential: null, secrets: [], fingerprint: '', expiresAt: null, stored: false},
  },
  hidden: false,
  masked: '',
  storedId: null,
  machine: row.machine,
});

/** What only another machine has a login for carries that machine's name. */
const named = (row: LedgerRow, elsewhere: ElsewhereRow | undefined): LedgerRow =>
  elsewhere === undefined ? row : {...row, label: `${row.reading?.label ?? row.label} @ ${elsewhere.machine}`};

/** Null where none is meant, or it cannot be used: then that is said. */
async function databaseLook(settings: Settings, since: number | undefined) {
  const notices: string[] = [];
  const place = placeIn(settings, text => notices.push(text));
  // Before anything is said: a script that cannot load these begins again on the usual way.
  const loaded =
    place === null
      ? null
      : await Promise.all([import('../system/ledger/postgres/look.ts'), import('../system/ledger/postgres/open.ts')]);
  for (const text of notices) complain(text);
  if (place === null || loaded === null) return null;
  const [{lookAt}, {awayText, machineName}] = loaded;
  const machine = machineName(settings.machine);
  try {
    return await lookAt(place, {machine, now: Date.now, ...(since === undefined ? {} : {since})});
  } catch (error) {
    complain(redactor.redact(awayText(error, place)));
    return null;
  }
}

function placeIn(settings: Settings, say: (text: string) => void) {
  const {env, platform} = process;
  const address = ledgerAddress(env, settings, ({text}) => say(text));
  return address === null ? null : {address, env, home: homeOf(env, platform), protect: redactor.protect};
}
