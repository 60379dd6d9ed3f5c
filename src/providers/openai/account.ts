import type {Remedy, RemedyCode} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {clean} from '../../core/text.ts';
import {problemAccount} from '../shared/accounts.ts';
import {toText} from '../shared/values.ts';
import {type Identity, identityOf, sendable} from './claims.ts';
import {planName} from './plan.ts';

export const id = 'openai';

/** What `fetch` needs to ask, and what to advise when the service says no. */
export type Credential = {token: string; identity: Identity; remedies: Remedies};
export type Remedies = {expired: RemedyCode; refused: RemedyCode};

/** A login as a store holds it. */
export type Login = {
  source: string;
  token: string;
  /** What our own store holds, and knows this login by. */
  written?: string;
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
  const {token, source, stored = false} = login;
  const secrets = secretsOf(login);
  if (!sendable(token)) return {...unsendable(machine, login), stored, secrets};
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
    stored,
  };
}

function unsendable(machine: Machine, login: Login): Account {
  const why = 'its token holds characters that no token has';
  const {source, remedies} = login;
  // A file is repaired where it stands; what was given by hand is given again.
  const code = remedies.refused === 'replace-credential' ? remedies.refused : 'fix-file';
  return problemAccount(machine, id, {source, why, remedy: adviceFor(login, code)});
}

/** A remedy, with the place that it speaks of; what stands in our own store is renewed by `login`, for this provider. */
export const adviceFor = ({source, stored}: Pick<Login, 'source' | 'stored'>, code: RemedyCode): Remedy => ({
  code,
  name: stored === true ? id : source,
});

function secretsOf({token, refresh, idToken, written = token}: Login): string[] {
  const secrets = [token, refresh, idToken].map(toText).filter(secret => secret !== undefined);
  return [...new Set([...secrets, written])];
}

const idOf = ({accountId}: Identity): string => clean(accountId ?? '');

function labelOf({label, source}: Login, identity: Identity): string {
  const named = clean(label ?? identity.email ?? '');
  return named || (identity.accountId === null ? source : `account ${idOf(identity).slice(0, 8)}`);
}

/** Two workspaces of one person carry the same e-mail: then the plan and a piece of the account id tell them apart. */
export function withDistinctLabels(accounts: readonly Account[]): Account[] {
  return accounts.map(account => {
    const namesakes = accounts.filter(({label, problem}) => problem === undefined && label === account.label);
    return account.problem === undefined && namesakes.length > 1
      ? {...account, label: distinctLabel(account, namesakes.map(identityIn))}
      : account;
  });
}

const identityIn = ({credential}: Account): Identity => (credential as Credential).identity;

// The shortest piece in which the ids differ: related workspaces may begin or end alike.
const pieces = [(text: string) => text.slice(0, 8), (text: string) => text.slice(-8), (text: string) => text];

function distinctLabel(account: Account, namesakes: readonly Identity[]): string {
  const differs = (piece: (text: string) => string): boolean =>
    new Set(namesakes.map(identity => piece(idOf(identity)))).size === namesakes.length;
  const piece = pieces.find(differs) ?? ((text: string) => text);
  const identity = identityIn(account);
  const parts = [planName(identity.plan), piece(idOf(identity))].filter(Boolean);
  return parts.length === 0 ? account.label : `${account.label} (${parts.join(' ')})`;
}
