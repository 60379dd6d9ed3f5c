import {hostname} from 'node:os';
import type {Notice} from '../../../core/model.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {addressOf, shownAddress} from './address.ts';
import {type Connection, connect} from './connection.ts';
import {reasonFor} from './faults.ts';
import {type FleetLedger, openFleet} from './fleet.ts';
import type {FleetOptions, Trouble} from './parts.ts';
import {passwordFor} from './password.ts';
import {tlsWays} from './tls.ts';

/** The ledger on PostgreSQL, by its address. Whatever is wrong with that is told as any other trouble. */

export type Place = {
  /** `postgres://…`, as the settings or MYSTATUS_LEDGER have it. */
  address: string;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Keeps the password out of all that is said. */
  protect(secret: string): void;
};

export type OpenOptions = Omit<FleetOptions, 'open' | 'onTrouble'> & {
  /** Null: all is well (again). */
  onNotice(notice: Notice | null): void;
};

export const openOnPostgres = (place: Place, {onNotice, ...options}: OpenOptions): FleetLedger =>
  openFleet({
    ...options,
    open: () => connectTo(place),
    onTrouble: trouble => onNotice(trouble === null ? null : noticeOf(trouble, place)),
  });

/** Reads password and certificates anew each time: they may be put right while the program runs. */
export async function connectTo(place: Place, patienceMs?: number): Promise<Connection> {
  const address = addressOf(place.address, place.env);
  const password = passwordFor(address, place);
  if (password !== null) place.protect(password);
  const ways = tlsWays(address, place.home);
  return connect({...address, password, ways, ...(patienceMs === undefined ? {} : {patienceMs})});
}

/** Where it is, for people; nothing where the address cannot be read. */
export function placeName({address, env}: Place): string {
  try {
    return ` (${sanitize(shownAddress(addressOf(address, env)), 80)})`;
  } catch {
    return '';
  }
}

function noticeOf(trouble: Trouble, place: Place): Notice {
  const where = `the ledger's database${placeName(place)}`;
  const text =
    trouble.kind === 'read-only'
      ? `${where} is read-only for this role. Its readings are shown; nothing is polled from here.`
      : awayText(trouble.error, place);
  return {code: 'ledger-fleet', text};
}

export const awayText = (error: unknown, place: Place): string =>
  `the ledger's database${placeName(place)} cannot be used: ${reasonFor(error)}. This machine goes on with its own file.`;

/** As the others call this machine. */
export const machineName = (wanted: string | null): string => sanitize(wanted ?? hostname(), 40) || 'unnamed';
