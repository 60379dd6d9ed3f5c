import type {MadeForecast} from '../../../core/foresight/made.ts';
import type {ElsewhereRow, LedgerRow, SeriesHistory} from '../../../core/ledger.ts';
import {connectTo, type Place} from './open.ts';
import {pastOn} from './past.ts';
import {createReplica} from './replica.ts';
import {mayWrite, migrations, NewerSchemaError, versionOf} from './schema.ts';
import {sessionOn} from './session.ts';

/** The database for those who only look at it once: nothing is written, no table is made. */

export type Look = {
  rows(): LedgerRow[];
  /** Accounts that other machines read. */
  elsewhere: readonly ElsewhereRow[];
  forecastsOf(account: string): MadeForecast[];
  /** As far as it was asked for. */
  history(since: number): SeriesHistory[];
};

// Whoever waits for one line does not wait long.
const patienceMs = 1500;

/** `since`: how much of the past is wanted (epoch ms). Rejects with what the driver says. */
export async function lookAt(
  place: Place,
  {machine, now, since}: {machine: string; now(): number; since?: number},
): Promise<Look> {
  const db = await connectTo(place, patienceMs);
  try {
    const version = await versionOf(db);
    if (version > migrations.length) throw new NewerSchemaError();
    const replica = createReplica(machine);
    const session = sessionOn(db, false, {owner: '', machine, now});
    if (version > 0) await session.look();
    for (const entry of version > 0 ? await session.all() : []) replica.put(entry, false);
    const past = version > 0 && since !== undefined ? await session.past.history(since) : [];
    return {
      rows: replica.rows,
      elsewhere: replica.elsewhere(now()),
      forecastsOf: account => replica.get(account)?.made ?? [],
      history: () => past,
    };
  } finally {
    await db.close();
  }
}

/** Forgets the history of an account, or all of it. Rejects with what the driver says. */
export async function forgetAt(place: Place, account: string | undefined): Promise<void> {
  const db = await connectTo(place);
  try {
    if ((await versionOf(db)) > 0) await pastOn(db).forget(account ?? null);
  } finally {
    await db.close();
  }
}

/** What `doctor` tells of it. Rejects with what the driver says. */
export async function examine(
  place: Place,
): Promise<{server: string; tables: number; newest: number; mayWrite: boolean}> {
  const db = await connectTo(place);
  try {
    const [server] = await db.query('SHOW server_version');
    const tables = await versionOf(db);
    const may = tables > 0 && tables <= migrations.length && (await mayWrite(db));
    return {server: String(server?.server_version), tables, newest: migrations.length, mayWrite: may};
  } finally {
    await db.close();
  }
}
