import {statSync} from 'node:fs';
import type {LedgerRow} from '../core/ledger.ts';
import {ignoreErrors} from '../system/files/private-file.ts';
import {ledgerPath} from '../system/ledger/file.ts';
import {readRows} from '../system/ledger/read-only.ts';
import type {Paths} from '../system/paths.ts';
import {isSameEnvironment} from '../system/roster/environment.ts';
import {type RosterFile, readRoster} from '../system/roster/file.ts';
import {signsOf} from '../system/roster/signs.ts';

type Known = {roster: RosterFile; rows: readonly LedgerRow[]};

// Of honest use it has a few megabytes; more takes long to read.
const largestLedger = 64 * 1_048_576;

/** What the last run left; null where any of it is missing, is not as it should be, or does not belong together any more. */
export const knownIn = (
  {configDirectory, stateDirectory}: Paths,
  version: string,
  env: NodeJS.ProcessEnv,
): Known | null =>
  ignoreErrors(() => {
    const roster = readRoster(stateDirectory, version);
    if (roster === null || roster.hasNotices) return null;
    // Other variables may mean other logins.
    if (!isSameEnvironment(env, roster.environment)) return null;
    const signs = signsOf(configDirectory, roster.settings.display.theme);
    if (JSON.stringify(signs) !== JSON.stringify(roster.signs)) return null;
    if (statSync(ledgerPath(stateDirectory)).size > largestLedger) return null;
    const rows = readRows(stateDirectory);
    return rows === null || rows.length === 0 ? null : {roster, rows};
  }, null);
