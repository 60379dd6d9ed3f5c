import type {Settings} from '../core/settings.ts';
import type {Check} from '../output/doctor-report.ts';
import {ledgerAddress} from '../system/ledger/ledger-address.ts';
import {homeOf} from '../system/paths.ts';
import {redactor} from './faults.ts';

/** The database of the ledger, where one is set: whether it answers, what it is, and what may be done there. */
export async function databaseChecks(settings: Settings): Promise<Check[]> {
  const {env, platform} = process;
  const address = ledgerAddress(env, settings, () => {});
  if (address === null) return [];
  const [{examine}, {awayText, placeName}] = await Promise.all([
    import('../system/ledger/postgres/look.ts'),
    import('../system/ledger/postgres/open.ts'),
  ]);
  const place = {address, env, home: homeOf(env, platform), protect: redactor.protect};
  const check = {id: 'ledger-database', title: 'Ledger database'};
  try {
    return [{...check, ...verdict(await examine(place), placeName(place))}];
  } catch (error) {
    return [{...check, status: 'fail', detail: redactor.redact(awayText(error, place))}];
  }
}

type Found = {server: string; tables: number; newest: number; mayWrite: boolean};

function verdict({server, tables, newest, mayWrite}: Found, where: string): Pick<Check, 'status' | 'detail' | 'hint'> {
  const at = `PostgreSQL ${server}${where}`;
  if (tables > newest)
    return {
      status: 'warn',
      detail: `${at}: its tables (version ${tables}) are newer than this program (${newest})`,
      hint: 'update mystatus-tui on this machine',
    };
  if (tables === 0) return {status: 'info', detail: `${at}: no tables yet; the first start makes them`};
  const rights = mayWrite ? 'may read and write' : 'may only read: nothing is polled from here';
  return {status: mayWrite ? 'ok' : 'info', detail: `${at}, tables version ${tables}, ${rights}`};
}
