import type {RemedyCode} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {clean} from '../../core/text.ts';
import {problemAccount} from '../shared/accounts.ts';
import {toText} from '../shared/values.ts';
import {type Identity, identityOf, sendable} from './claims.ts';
import {planName} from './parse.ts';

export const id = 'openai';

/** What `fetch` needs to ask, and what to advise when the service says no. */
export type Credential = {token: string; identity: Identity; remedies: Remedies};
export type Remedies = {expired: RemedyCode; refused: RemedyCode};

/** A login as a store holds it. */
export type Login = {
  source: string;
  token: string;
  idToken?: unknown;
  refresh?: string | undefined;
  accountId?: string | undefined;
  /** Epoch ms that the store believes; the token's own claim is better. */
  expires?: number | null;
  label?: string | undefined;
  stored?: boolean;
  remedies: Remedies;
};

/** The account of a login. Its identity is the workspace; only a token that names none stands for itself. */
export function toAccount(machine: Machine, login: Login): Account {
  const {token, source} = login;
  const secrets = secretsOf(login);
  if (!sendable(token)) {
    const why = 'its token holds characters that no token has';
    return {...problemAccount(machine, id, {source, why, remedy: 'fix-file'}), secrets};
  }
  const identity = identityOf(token, login.idToken, login.accountId);
  const credential: Credential = {token, identity, remedies: login.remedies};
  return {
    key: accountKey(machine, id, identity.accountId ?? `token ${token}`),
    provider: id,
    label: labelOf(login, identity),
    source,
    credential,
    secrets,
    fingerprint: fingerprintOf(machine, token, identity.accountId ?? ''),
    expiresAt: identity.expiresAt ?? login.expires ?? null,
    stored: login.stored ?? false,
  };
}

const secretsOf = ({token, refresh, idToken}: Login): string[] =>
  [token, refresh, idToken].map(toText).filter(secret => secret !== undefined);

const shortId = ({accountId}: Identity): string => clean(accountId ?? '').slice(0, 8);

function labelOf({label, source}: Login, identity: Identity): string {
  const named = clean(label ?? identity.email ?? '');
  return named || (identity.accountId === null ? source : `account ${shortId(identity)}`);
}

/** Two workspaces of one person carry the same e-mail: then the plan and a piece of the account id tell them apart. */
export function withDistinctLabels(accounts: readonly Account[]): Account[] {
  const shared = (label: string): boolean => accounts.filter(account => account.label === label).length > 1;
  return accounts.map(account =>
    account.problem === undefined && shared(account.label) ? {...account, label: distinctLabel(account)} : account,
  );
}

function distinctLabel({label, credential}: Account): string {
  const {identity} = credential as Credential;
  const parts = [planName(identity.plan), shortId(identity)].filter(Boolean);
  return parts.length === 0 ? label : `${label} (${parts.join(' ')})`;
}
