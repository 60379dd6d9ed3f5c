import {type Known, withoutEnded} from '../../core/latest-reading.ts';
import type {Failure, Remedy, RemedyInit} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import type {Login, Profile} from './files.ts';
import {id, live, usageScope} from './ids.ts';
import {parseUsage} from './parse.ts';

/** What `discover` puts into an account and `fetchUsage` takes out of it. */
export type Credential = {token: string; plan: string | null; remedy: RemedyInit};

type Parts = {
  source: string;
  label: string;
  /** What it is told apart by, where nobody says whose it is. */
  identity: string;
  login: Login | null;
  profile?: Profile | null;
  /** What helps when the login has expired, or may not be used. */
  remedy: RemedyInit;
};

/** The account of a login, or of what Claude Code says of itself. It is polled only after the user said so. */
export function accountOf(machine: Machine, parts: Parts): Account {
  const {source, login, profile = null, remedy} = parts;
  const identity = profile === null ? parts.identity : [profile.accountId, profile.organizationId ?? ''].join('\n');
  const credential: Credential = {token: login?.token ?? '', plan: login?.plan ?? null, remedy};
  const cached = cachedOf(profile, login?.plan ?? null, machine.now());
  return {
    key: accountKey(machine, id, identity),
    provider: id,
    label: profile?.email ?? parts.label,
    source,
    credential,
    secrets: [login?.token, login?.refresh].flatMap(secret => secret ?? []),
    fingerprint: fingerprintOf(machine, credential.token),
    expiresAt: login?.expiresAt ?? null,
    stored: false,
    ...(cached === null ? {} : {cached}),
    ...wayOf(machine, login),
  };
}

/** Whether the user wants requests. */
export const isLive = (machine: Machine): boolean => machine.setting(id, live) === 'true';

/** Whether and how its service may be polled. */
function wayOf(machine: Machine, login: Login | null): Pick<Account, 'passive' | 'problem'> {
  const mayAsk = login !== null && (login.scopes?.includes(usageScope) ?? true);
  if (isLive(machine) && mayAsk) return {};
  if (isLive(machine) && login !== null) return {problem: scopeMissing};
  const remedy = mayAsk ? 'claude/live' : 'claude/status-line';
  return {passive: {plan: login?.plan ?? null, windows: [], amounts: [], notes: [], remedy: {code: remedy}}};
}

export const signIn: Remedy = {code: 'sign-in', name: 'Claude', command: 'claude /login'};

const scopeMissing: Failure = {
  code: 'scope_missing',
  detail: `this login lacks the permission ${usageScope}`,
  retryAt: null,
  remedy: signIn,
};

/** What Claude Code got last, as far as it still holds. */
function cachedOf(profile: Profile | null, plan: string | null, now: number): Known | null {
  if (profile === null || profile.cached === null) return null;
  const {fetchedAt, body} = profile.cached;
  try {
    return withoutEnded({reading: {...parseUsage(body), plan}, readAt: Math.min(fetchedAt, now)}, now);
  } catch {
    return null;
  }
}
