import type {Failure, Note, Reading, RemedyInit, Window} from '../../core/model.ts';
import type {Machine} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {problemAccount} from '../shared/accounts.ts';
import {type Held, nothing, only, remedyFor, trouble} from '../shared/held.ts';
import {opencodeConfigDirectories, opencodeDataDirectories} from '../shared/opencode.ts';
import {isRecord, type Json, recordOf, safeUrl, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {toBeVerified, verifyRemedy} from './errors.ts';
import {byTightness, type Limit, leftOf, lengthByReset, resetIn, windowOf} from './limits.ts';
import {blankLogin, type Login, unpacked} from './login.ts';
import {places} from './names.ts';
import {believable} from './production.ts';

const fileName = places.accountsFile;

/** The accounts of opencode's Antigravity plugin: the first of its places that has a file is the one that it uses. */
export async function findAccountsFile(machine: Machine): Promise<Held<Login>> {
  const directories = [...opencodeConfigDirectories(machine), ...opencodeDataDirectories(machine)];
  for (const directory of directories) {
    const found = await readAccountsFile(machine, `${directory}/${fileName}`, {source: fileName});
    if (found !== null) return found;
  }
  return nothing;
}

/** Every account of one file; null when there is no file or no account in it. */
export async function readAccountsFile(
  machine: Machine,
  path: string,
  {source, stored = false}: {source: string; stored?: boolean},
): Promise<Held<Login> | null> {
  const file = await machine.readJson(path);
  if (file.state === 'missing') return null;
  if (file.state === 'unreadable') return problem(machine, source, file.why, remedyFor(file));
  const accounts = Array.isArray(file.value) ? file.value : recordOf(file.value).accounts;
  if (!Array.isArray(accounts)) return problem(machine, source, 'it contains no list of accounts');
  const notes = notesOn(recordOf(file.value).version);
  const entries = accounts.map((entry, index) => ({entry: recordOf(entry), place: index + 1}));
  const logins = newestByEmail(entries).flatMap(({entry, place}) => loginOf(entry, place, {source, stored, notes}));
  if (accounts.length > 0 && logins.length === 0)
    return problem(machine, source, 'no account in it has a refresh token');
  return logins.length === 0 ? null : only(...logins);
}

const problem = (machine: Machine, source: string, why: string, remedy: RemedyInit = 'fix-file'): Held<Login> =>
  trouble(problemAccount(machine, 'google', {source, why, remedy}));

const newestKnownVersion = 4;

function notesOn(version: unknown): Note[] {
  const number = toNumber(version);
  if (version === undefined || (number !== undefined && number >= 1 && number <= newestKnownVersion)) return [];
  return [
    {
      code: 'message',
      text: `${fileName} has an unknown version (${sanitize(toText(version) ?? String(number ?? typeof version), 20)})`,
    },
  ];
}

type Entry = {entry: Json; place: number};

/** The plugin may hold an account twice; of one e-mail it uses the entry that was used or added last. */
function newestByEmail(entries: readonly Entry[]): Entry[] {
  const newest = new Map<unknown, Entry>();
  for (const item of entries) {
    const key = emailOf(item.entry) ?? item;
    const known = newest.get(key);
    if (known === undefined || age(item.entry) > age(known.entry)) newest.set(key, item);
  }
  return [...newest.values()];
}

const age = ({lastUsed, addedAt}: Json): number => Math.max(toEpochMs(lastUsed) ?? 0, toEpochMs(addedAt) ?? 0);

const emailOf = (entry: Json): string | null => toText(entry.email)?.toLowerCase() ?? null;

function loginOf(entry: Json, place: number, common: Pick<Login, 'source' | 'stored' | 'notes'>): Login[] {
  const packed = unpacked(toText(entry.refreshToken) ?? '');
  if (packed.refresh === null) return [];
  return [
    {
      ...blankLogin,
      ...common,
      email: emailOf(entry),
      label: sanitize(toText(entry.email) ?? '') || `account ${place}`,
      refresh: packed.refresh,
      project: toText(entry.managedProjectId) ?? toText(entry.projectId) ?? packed.project,
      disabled: entry.enabled === false,
      toVerify: entry.verificationRequired === true ? verification(entry) : null,
      cached: cachedQuota(entry),
    },
  ];
}

function verification(entry: Json): Failure {
  const reason = toText(entry.verificationRequiredReason) ?? toBeVerified;
  const remedy = verifyRemedy(safeUrl(entry.verificationUrl));
  return {code: 'auth_rejected', detail: sanitize(reason, 160), retryAt: null, remedy};
}

/** The plugin's own last look, by the older method and at production: three groups where there are two pools. */
function cachedQuota(entry: Json): Login['cached'] {
  const readAt = toEpochMs(entry.cachedQuotaUpdatedAt);
  if (readAt === null || !isRecord(entry.cachedQuota)) return null;
  const {claude, 'gemini-pro': pro, 'gemini-flash': flash} = entry.cachedQuota;
  const windows = [...cachedPool('gemini', [pro, flash], readAt), ...cachedPool('claude-gpt', [claude], readAt)];
  const notes: Note[] = [{code: 'google/cached', at: readAt}];
  const reading: Reading = {plan: null, windows, amounts: [], notes};
  return windows.length === 0 ? null : {reading: believable(reading), readAt};
}

function cachedPool(pool: string, groups: readonly unknown[], readAt: number): Window[] {
  const limits = groups.filter(isRecord).map(group => cachedLimit(pool, group, readAt));
  return limits
    .sort(byTightness)
    .slice(0, 1)
    .map(limit => windowOf(limit, readAt));
}

/** The plugin notes a fraction that was left out as 0: without a reset to come it stands for nothing. */
function cachedLimit(pool: string, group: Json, readAt: number): Limit {
  const resetsAt = resetIn(group, readAt);
  const {id, windowMs} = lengthByReset(resetsAt, readAt);
  const left = leftOf(group.remainingFraction);
  const isLeftOut = left === 0 && (resetsAt === null || resetsAt <= readAt);
  return {id: `${pool}/${id}`, pool, windowMs, resetsAt, left: isLeftOut ? 'missing' : left};
}
