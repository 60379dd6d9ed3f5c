import type {Machine} from '../../core/provider.ts';
import {isRecord, type Json, recordOf, toEpochMs, toText} from '../shared/values.ts';
import {planName} from './plan.ts';

/** Where Claude Code keeps what it knows: its login in one file, who that is in another. */

const configDirectory = ({env, home}: Machine): string => toText(env.CLAUDE_CONFIG_DIR) ?? `${home}/.claude`;

function loginDirectory(machine: Machine): string {
  const own = machine.env.CLAUDE_SECURESTORAGE_CONFIG_DIR;
  return own === undefined ? configDirectory(machine) : (toText(own) ?? `${machine.home}/.claude`);
}

export const loginFile = '.credentials.json';
export const loginPath = (machine: Machine): string => `${loginDirectory(machine)}/${loginFile}`;

export type Login = {
  token: string;
  /** Never sent anywhere: kept so that no message can carry it. */
  refresh: string | null;
  expiresAt: number | null;
  /** Null: not told. */
  scopes: string[] | null;
  plan: string | null;
};
export type LoginRead = {state: 'ok'; login: Login} | Exclude<Awaited<ReturnType<Machine['readJson']>>, {state: 'ok'}>;

/** A file that holds logins of other services alone holds none. */
export async function readLogin(machine: Machine): Promise<LoginRead> {
  const file = await machine.readJson(loginPath(machine));
  if (file.state !== 'ok') return file;
  if (!isRecord(file.value)) return {state: 'unreadable', why: 'it does not contain a JSON object', reason: 'broken'};
  const login = toLogin(recordOf(file.value.claudeAiOauth));
  return login === null ? {state: 'missing'} : {state: 'ok', login};
}

function toLogin(value: Json): Login | null {
  const token = toText(value.accessToken);
  if (token === undefined) return null;
  return {
    token,
    refresh: toText(value.refreshToken) ?? null,
    expiresAt: toEpochMs(value.expiresAt),
    scopes: Array.isArray(value.scopes) ? value.scopes.flatMap(scope => toText(scope) ?? []) : null,
    plan: planName(value.subscriptionType, value.rateLimitTier),
  };
}

/** Who is logged in, and the figures that Claude Code itself got last. */
export type Profile = {
  accountId: string;
  organizationId: string | null;
  email: string | null;
  cached: {fetchedAt: number; body: unknown} | null;
};
export type ProfileRead =
  | {state: 'ok'; profile: Profile}
  | Exclude<Awaited<ReturnType<Machine['readJson']>>, {state: 'ok'}>;

export async function readProfile(machine: Machine): Promise<ProfileRead> {
  const inside = await machine.readJson(`${configDirectory(machine)}/.config.json`);
  const file =
    inside.state === 'missing'
      ? await machine.readJson(`${toText(machine.env.CLAUDE_CONFIG_DIR) ?? machine.home}/.claude.json`)
      : inside;
  if (file.state !== 'ok') return file;
  const profile = toProfile(recordOf(file.value));
  return profile === null ? {state: 'missing'} : {state: 'ok', profile};
}

function toProfile({oauthAccount, cachedUsageUtilization}: Json): Profile | null {
  const {accountUuid, organizationUuid, emailAddress} = recordOf(oauthAccount);
  const accountId = toText(accountUuid);
  if (accountId === undefined) return null;
  return {
    accountId,
    organizationId: toText(organizationUuid) ?? null,
    email: toText(emailAddress) ?? null,
    cached: cachedOf(recordOf(cachedUsageUtilization), accountId),
  };
}

/** The figures of another account, left behind by a login before this one, say nothing. */
function cachedOf({fetchedAtMs, accountUuid, utilization}: Json, accountId: string): Profile['cached'] {
  const fetchedAt = toEpochMs(fetchedAtMs);
  return fetchedAt === null || toText(accountUuid) !== accountId ? null : {fetchedAt, body: utilization};
}
