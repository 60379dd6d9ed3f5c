import {isSendable} from '../shared/accounts.ts';
import {type Json, toText} from '../shared/values.ts';
import {type GithubHost, githubHost, publicHost} from './hosts.ts';
import type {Tier} from './names.ts';
import {toTier} from './plans.ts';

/** Whose bill is asked for. `user` narrows an organisation's bill to one person. */
export type BillingScope =
  | {kind: 'user'; username?: string}
  | {kind: 'organization' | 'enterprise'; name: string; user?: string};
export type BillingModel = 'ai_credits' | 'legacy_premium_requests';
export type Billing = {token: string; source: string; scope: BillingScope; tier: Tier | null; model: BillingModel};

/** `login` is set when the place where the token stands says whose it is. */
export type OauthLogin = {token: string; source: string; login?: string};

/** What `discover` puts into an account and `fetch` takes out of it: everything that is known of one GitHub login. */
export type Credential = {host: GithubHost; login?: string; billing?: Billing; oauth: OauthLogin[]};

/** One token as it was found, before tokens of the same login are put together. With `billing` it reads bills. */
export type Found = {
  host: GithubHost;
  login?: string;
  token: string;
  source: string;
  /** The name of the place in the catalogue. */
  place?: string;
  stored: boolean;
  billing?: Billing;
};

// Expected in every place. Installation tokens (ghs_) read no quota, refresh tokens (ghr_) are not for us to spend, and
// `tid=…;exp=…` is a token for the model API that the REST API does not know.
const unusable = /^gh[sr]_|tid=|;/;

/** A text that can stand in a header and that GitHub may accept. */
export const isUsableToken = (text: string | undefined): text is string =>
  text !== undefined && isSendable(text) && !unusable.test(text);

const isFineGrained = (token: string): boolean => token.startsWith('github_pat_');
export const isMarkedOauth = (token: string): boolean => /^gh[oup]_/.test(token);

/** A token without any word about its plan: a fine-grained one can read bills, every other one the live counter. */
export function foundToken(token: string, source: string, host: GithubHost, login?: string): Found {
  const found = {host, token, source, stored: false, ...(login === undefined ? {} : {login})};
  if (!isFineGrained(token)) return found;
  const scope: BillingScope = {kind: 'user', ...(login === undefined ? {} : {username: login})};
  return {...found, billing: {token, source, scope, tier: null, model: 'ai_credits'}};
}

/** What cannot be used, in words for the user. */
export type Refusal = {why: string};

/**
 * A token with what its owner says about its plan: `copilot-quota-token.json`, or a credential of our own store.
 * Fields: docs/providers/copilot.md#the-token-file.
 */
export function foundWithPlan(token: string | undefined, fields: Json, source: string): Found | Refusal {
  if (token === undefined) return {why: 'it has no “token”'};
  if (!isUsableToken(token)) return {why: 'its “token” cannot read usage'};
  const host = hostIn(fields);
  if (host === undefined) return {why: '“enterpriseUrl” must be like acme.ghe.com; nothing is sent elsewhere'};
  const tier = tierIn(fields);
  if (tier === undefined) return {why: '“tier” must be free, student, pro, pro+, max, business or enterprise'};
  const scope = scopeIn(fields, tier);
  if ('why' in scope) return scope;
  const model = modelIn(fields, tier);
  if (typeof model === 'object') return model;
  // The name beside an organisation says whose use is asked for, not whose token it is.
  const login = scope.kind === 'user' ? scope.username : undefined;
  if (scope.kind === 'user' && cannotReadBills(token)) return foundToken(token, source, host, login);
  const billing = {token, source, scope, tier, model};
  return {host, token, source, stored: false, billing, ...(login === undefined ? {} : {login})};
}

/** OAuth tokens of apps: GitHub answers 404 to them for a personal bill, but lets them read the live counter. */
const cannotReadBills = (token: string): boolean => /^gh[ou]_/.test(token);

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

function hostIn({enterpriseUrl}: Json): GithubHost | undefined {
  if (isAbsent(enterpriseUrl)) return publicHost;
  return typeof enterpriseUrl === 'string' ? githubHost(enterpriseUrl) : undefined;
}

/** Null: not said. Undefined: a word that is no plan. */
function tierIn({tier}: Json): Tier | null | undefined {
  if (isAbsent(tier)) return null;
  return typeof tier === 'string' ? toTier(tier) : undefined;
}

function modelIn({billingModel}: Json, tier: Tier | null): BillingModel | Refusal {
  if (isAbsent(billingModel) || billingModel === 'ai_credits') return 'ai_credits';
  if (billingModel !== 'legacy_premium_requests')
    return {why: '“billingModel” must be ai_credits or legacy_premium_requests'};
  return tier === null || tier === 'pro' || tier === 'pro+'
    ? 'legacy_premium_requests'
    : {why: 'legacy_premium_requests works only with pro and pro+'};
}

// What GitHub allows in a login or a slug. It becomes a part of the path, so '..' and '/' must not pass.
const name = /^[A-Za-z0-9][\w.-]*$/;

function scopeIn(fields: Json, tier: Tier | null): BillingScope | Refusal {
  const given = [fields.username, fields.organization, fields.enterprise].map(toText);
  if (given.some(text => text !== undefined && !name.test(text)))
    return {why: 'a user, organisation or enterprise name in it is not a valid GitHub name'};
  const [username, organization, enterprise] = given;
  const user = username === undefined ? {} : {user: username};
  const isShared = tier === 'business' || tier === 'enterprise' || tier === null;
  if (isShared && tier !== 'business' && enterprise !== undefined)
    return {kind: 'enterprise', name: enterprise, ...user};
  if (isShared && organization !== undefined) return {kind: 'organization', name: organization, ...user};
  // With a name alone the bill of that person is asked for; GitHub says so when their seat is billed elsewhere.
  const needsOwner = username === undefined && (tier === 'business' || tier === 'enterprise');
  if (needsOwner) return {why: `tier ${tier} needs “organization”${tier === 'enterprise' ? ' or “enterprise”' : ''}`};
  return {kind: 'user', ...(username === undefined ? {} : {username})};
}
