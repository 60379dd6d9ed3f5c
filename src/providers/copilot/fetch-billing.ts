import {ProviderError, type Reading, type Remedy} from '../../core/model.ts';
import type {Wire, WireResponse} from '../../core/provider.ts';
import {jsonOf, unexpectedShape} from '../shared/http.ts';
import type {Billing, BillingScope} from './credential.ts';
import {askBilling, githubFailure, isSuccess} from './github.ts';
import type {GithubHost} from './hosts.ts';
import {monthOf} from './month.ts';
import {hasCopilotUsage, parseBilling} from './parse-billing.ts';
import {loginIn} from './parse-internal.ts';
import type {UsageKind} from './plans.ts';

export type BilledReading = {reading: Reading; login: string | undefined};

const tokenPage = 'https://github.com/settings/personal-access-tokens';

/**
 * This month's bill: by AI credits and, where that is not served or empty, by premium requests (the other way round for
 * those who are still billed so). Throws `ProviderError`.
 */
export async function fetchBilling(host: GithubHost, billing: Billing, wire: Wire): Promise<BilledReading> {
  const {scope} = billing;
  const login = scope.kind === 'user' ? (scope.username ?? (await loginOf(host, billing, wire))) : scope.user;
  const question: Question = {host, billing, wire, root: rootOf(scope, login ?? ''), user: filterOf(scope)};
  try {
    return {login, reading: await readBill(question)};
  } catch (error) {
    if (question.user === undefined || !refusesFilter(error)) throw error;
    return {login, reading: await readBill({...question, user: undefined})};
  }
}

const filterOf = (scope: BillingScope): string | undefined => (scope.kind === 'user' ? undefined : scope.user);

/** Administrators of an organisation that belongs to an enterprise see its bill as a whole only. */
const refusesFilter = (error: unknown): boolean =>
  error instanceof ProviderError && /cannot filter usage/i.test(error.message);

function rootOf(scope: BillingScope, login: string): string {
  switch (scope.kind) {
    case 'user':
      return `/users/${encodeURIComponent(login)}`;
    case 'organization':
      return `/organizations/${encodeURIComponent(scope.name)}`;
    case 'enterprise':
      return `/enterprises/${encodeURIComponent(scope.name)}`;
  }
}

/** Whose token it is, asked once: a login does not change while the program runs. */
async function loginOf(host: GithubHost, {token, source, scope}: Billing, wire: Wire): Promise<string> {
  const memory = `copilot:login:${host}:${token}`;
  const known = wire.memory.get(memory);
  if (typeof known === 'string') return known;
  const response = await askBilling(wire, host, token, '/user');
  if (!isSuccess(response)) throw refused(response, wire.now(), scope, source);
  const body = jsonOf(response);
  const login = loginIn(body);
  if (login === undefined) throw unexpectedShape('no login in the response', body);
  wire.memory.set(memory, login);
  return login;
}

type Question = {host: GithubHost; billing: Billing; wire: Wire; root: string; user: string | undefined};
type Answer =
  | {state: 'used' | 'empty'; read: () => Reading}
  | {state: 'refused'; failure: ProviderError; isUnserved: boolean; isFinal: boolean};

async function readBill(question: Question): Promise<Reading> {
  const [kind, otherKind] = kindsOf(question.billing.model);
  const first = await askKind(kind, question);
  if (first.state === 'used') return first.read();
  if (first.state === 'refused' && !first.isUnserved) throw first.failure;
  const second = await askKind(otherKind, question);
  if (second.state === 'used') return second.read();
  // An empty bill is believed only when the other endpoint has no say: a passing trouble may hide what was used.
  if (second.state === 'refused' && !(first.state === 'refused' ? second.isUnserved : second.isFinal))
    throw second.failure;
  if (first.state !== 'refused') return first.read();
  if (second.state !== 'refused') return second.read();
  throw first.failure;
}

const kindsOf = (model: Billing['model']): [UsageKind, UsageKind] =>
  model === 'ai_credits' ? ['ai_credit', 'premium_request'] : ['premium_request', 'ai_credit'];

async function askKind(kind: UsageKind, {host, billing, wire, root, user}: Question): Promise<Answer> {
  const now = wire.now();
  const {year, month} = monthOf(now);
  const filter = user === undefined ? '' : `&user=${encodeURIComponent(user)}`;
  const path = `${root}/settings/billing/${kind}/usage?year=${year}&month=${month}${filter}`;
  const response = await askBilling(wire, host, billing.token, path);
  if (!isSuccess(response)) {
    const failure = refused(response, now, billing.scope, billing.source);
    return {state: 'refused', failure, isUnserved: isUnserved(response), isFinal: isFinal(failure, response)};
  }
  const body = jsonOf(response);
  const isOnePerson = billing.scope.kind === 'user' || user !== undefined;
  const read = () => parseBilling(body, now, {tier: billing.tier, kind, isOnePerson});
  return {state: hasCopilotUsage(body) ? 'used' : 'empty', read};
}

const isFinal = (failure: ProviderError, response: WireResponse): boolean =>
  failure.code === 'auth_rejected' || isUnserved(response);

/** An endpoint that this service, or this token, does not have. */
const isUnserved = ({status}: WireResponse): boolean => status === 404 || status === 400 || status === 410;

/** What a refusal means for a bill: docs/providers/copilot.md#messages. */
function refused(response: WireResponse, now: number, scope: BillingScope, source: string): ProviderError {
  const failure = githubFailure(response, now, {
    expired: {code: 'replace-credential', name: source},
    auth_rejected: permissionRemedy(scope),
  });
  if (response.status !== 404 || failure.code !== 'bad_response') return failure;
  return new ProviderError('no_plan', {detail: notFound(scope), remedy: {code: 'copilot/billed-to'}});
}

const permissionRemedy = (scope: BillingScope): Remedy =>
  scope.kind === 'user' ? {code: 'grant', name: '“Plan: read” user', url: tokenPage} : {code: 'copilot/billed-to'};

const notFound = (scope: BillingScope): string =>
  scope.kind === 'user'
    ? 'HTTP 404: no personal Copilot plan is billed to this account, or the token cannot see it'
    : `HTTP 404: this ${scope.kind} has no Copilot bill, or the token cannot see it`;
