import {readFileSync, type Stats, statSync, utimesSync} from 'node:fs';
import {join} from 'node:path';
import type {Roster} from '../../core/roster.ts';
import type {ProviderInfo} from '../../core/services.ts';
import type {Settings} from '../../core/settings.ts';
import type {OwnTheme} from '../../core/themes.ts';
import {requirePrivate} from '../files/private-directory.ts';
import {identityOf, ignoreErrors, replaceFile} from '../files/private-file.ts';
import type {SeenEnvironment} from './environment.ts';

/**
 * `roster.json` beside the ledger: all that a first frame needs and the ledger does not have. No token is in it, and of
 * the settings only what is drawn by. Whoever cannot read it does without.
 */
export type RosterFile = {
  /** Of the program that wrote it: no other one reads it. */
  version: string;
  /** What the settings and the list of accounts were made from; see `signs.ts`. */
  signs: Signs;
  settings: ShownSettings;
  /** Providers that the user describes. */
  custom: readonly CustomInfo[];
  /** The chosen theme, where it is one of the user's own. */
  theme: OwnTheme | null;
  /** True while a setting is ignored: a script says so. */
  hasProblems: boolean;
  environment: SeenEnvironment;
  /** True while there is something to read at `!`: whether it still holds is found out at each start. */
  hasNotices: boolean;
  roster: Roster;
};

export type Signs = {config: string; credentials: string; theme: string};
export type ShownSettings = Pick<Settings, 'display' | 'layout' | 'thresholds' | 'keys' | 'history'> & {
  /** By provider id, where the default does not hold. */
  intervals: Readonly<Record<string, number>>;
};
export type CustomInfo = Pick<ProviderInfo, 'id' | 'name' | 'usageUrl' | 'intervalSeconds'>;

const longest = 4 * 1_048_576;
const othersMask = 0o077;
// Our own writer cleans what it keeps; this is for a file that somebody else wrote into.
const mayCarryControls = /\\u00[01]|\\u007f|[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

export const rosterPath = (directory: string): string => join(directory, 'roster.json');

/** null for anything but a private file of ours that this very version wrote. */
export function readRoster(directory: string, version: string): RosterFile | null {
  return ignoreErrors(() => {
    const path = rosterPath(directory);
    const stat = statSync(path);
    if (!stat.isFile() || !isPrivate(stat) || stat.size > longest) return null;
    const text = readFileSync(path, 'utf8');
    const file = JSON.parse(text) as RosterFile;
    return file.version === version && !mayCarryControls.test(text) ? file : null;
  }, null);
}

const isPrivate = ({uid, mode}: Stats): boolean =>
  process.getuid === undefined || (uid === process.getuid() && (mode & othersMask) === 0);

/** Which file it is that stands there: null for none. */
export const rosterIdentity = (directory: string): string | null => identityOf(rosterPath(directory));

/** Not among other people's files. Throws then, and what the file system throws. */
export function writeRoster(directory: string, text: string): void {
  requirePrivate(directory);
  replaceFile(rosterPath(directory), text);
}

/** When logins were last looked for (epoch ms): the time of the file. Throws what the file system throws. */
export const lookedAt = (directory: string): number => statSync(rosterPath(directory)).mtimeMs;
export const markLook = (directory: string, at: number): void =>
  utimesSync(rosterPath(directory), at / 1000, at / 1000);
