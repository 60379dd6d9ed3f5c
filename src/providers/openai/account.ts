import type {Remedy} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isSendable, problemAccount} from '../shared/accounts.ts';
import {type Held, hint, only, trouble} from '../shared/held.ts';
import {toText} from '../shared/values.ts';
import {type Identity, identityOf, otherKindOf} from './claims.ts';

import {id, runCodex} from './ids.ts';

/** What `fetch` needs to ask, and what to advise when the service says no. */
export type Credential = {token: string; identity: Identity; remedies: Remedies};
/** Given by hand, a credential is replaced by whoever gave it. */
export type Advice = Remedy | 'replace-credential' | 'fix-file';
export type Remedies = {expired: Advice; refused: Advice};

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

/** What a login comes to, wherever it was found. An explanation is shown at once only where the token was given to us. */
export function findOf(machine: Machine, login: Login): Held {
  const {token, source, stored} = login;
  const kind = otherKindOf(token);
  if (kind === null) {
    if (isSendable(token)) return only(toAccount(machine, login));
    return trouble(explained(machine, login, unsendable(machine, login)));
  }
  const why = kind === 'api-key' ? apiKeyAccount(machine, source) : agentAccount(machine, source);
  return (stored ? trouble : hint)(explained(machine, login, why));
}

/** The account of a login. Its identity is the workspace; only a token that names none stands for itself. */
function toAccount(machine: Machine, login: Login): Account {
  const {token, source, stored = false} = login;
  const identity = identityOf(token, login.idToken, login.accountId);
  const credential: Credential = {token, identity, remedies: login.remedies};
  return {
    key: accountKey(machine, id, identity.accountId ?? `token ${token}`),
    provider: id,
    label: labelOf(login, identity),
    source,
    credential,
    secrets: secretsOf(login),
    fingerprint: fingerprintOf(machine, token, identity.accountId ?? ''),
    expiresAt: identity.expiresAt ?? login.expires ?? null,
    stored,
  };
}

/** The account that says why a login cannot be used. Of what `login` stored there may be several, each an account. */
function explained(machine: Machine, login: Login, account: Account): Account {
  const secrets = secretsOf(login);
  if (!login.stored) return {...account, secrets};
  const label = sanitize(login.label ?? '') || account.label;
  return {...account, key: accountKey(machine, id, `token ${login.token}`), label, secrets, stored: true};
}

function unsendable(machine: Machine, login: Login): Account {
  const why = 'its token contains invalid characters';
  const {source, remedies} = login;
  // A file is repaired where it stands; what was given by hand is given again.
  const code = remedies.refused === 'replace-credential' ? 'replace-credential' : 'fix-file';
  return problemAccount(machine, id, {source, why, remedy: adviceFor(login, code)});
}

/** A login by API key is billed per use: it has no plan whose windows could be read. */
export const apiKeyAccount = (machine: Machine, source: string): Account =>
  problemAccount(machine, id, {
    source,
    why: 'an API key login has no plan quota',
    code: 'no_plan',
    remedy: 'openai/api-key',
  });

/** Its token carries a private key, which is not for sending. */
export const agentAccount = (machine: Machine, source: string): Account =>
  problemAccount(machine, id, {
    source,
    why: 'an agent identity signs each request with its own key and has no plan quota',
    remedy: runCodex,
  });

/** A remedy, with the place that it speaks of; what stands in our own store is renewed by `login`, for this provider. */
export const adviceFor = ({source, stored}: Pick<Login, 'source' | 'stored'>, advice: Advice): Remedy =>
  typeof advice === 'string' ? {code: advice, name: stored === true ? id : source} : advice;

function secretsOf({token, refresh, idToken, written = token}: Login): string[] {
  const secrets = [token, refresh, idToken].map(toText).filter(secret => secret !== undefined);
  return [...new Set([...secrets, written])];
}

function labelOf({label, source}: Login, identity: Identity): string {
  const named = sanitize(label ?? identity.email ?? '');
  return named || (identity.accountId === null ? source : `account ${sanitize(identity.accountId).slice(0, 8)}`);
}

/** Who a login is; null for one that is only explained. */
export const identityIn = ({credential, problem}: Account): Identity | null =>
  problem === undefined ? (credential as Credential).identity : null;
