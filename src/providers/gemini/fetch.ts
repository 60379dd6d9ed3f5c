import {ProviderError, type Reading, type Remedy} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {failureOf, jsonOf, maybeJson} from '../shared/http.ts';
import {requireAlive, type TokenCredential} from '../shared/token-login.ts';
import {recordOf} from '../shared/values.ts';
import {hour} from '../shared/windows.ts';
import {host} from './names.ts';
import {parseQuota} from './parse.ts';
import {isMoved, moved, type Plan, parsePlan} from './plan.ts';

/** What `discover` puts into an account beside its token. */
export type Login = {project?: string | undefined; isWorkspace: boolean};

/** Asks for the plan, once an hour, and for the quota (docs/providers/gemini.md#requests). Throws only `ProviderError`. */
export async function fetchQuota(account: Account, wire: Wire): Promise<Reading> {
  requireAlive(account, wire);
  const {project} = account.credential as Login;
  const plan = await planOf(account, wire);
  const asked = project ?? plan?.project;
  const body = asked === undefined || asked === null ? {} : {project: asked};
  return {...parseQuota(await call(account, wire, 'retrieveUserQuota', body), wire.now()), plan: plan?.name ?? null};
}

// A plan changes once in a month, if ever.
const keptMs = hour;

/** Null when it cannot be had: the quota says itself what is wrong. Throws where there is none to ask for. */
async function planOf(account: Account, wire: Wire): Promise<Plan | null> {
  const slot = `gemini plan ${account.key} ${account.fingerprint}`;
  const held = wire.memory.get(slot) as {at: number; plan: Plan} | undefined;
  if (held !== undefined && Math.abs(wire.now() - held.at) < keptMs) return held.plan;
  const {project, isWorkspace} = account.credential as Login;
  try {
    const plan = parsePlan(await call(account, wire, 'loadCodeAssist', askFor(project)), isWorkspace);
    wire.memory.set(slot, {at: wire.now(), plan});
    return plan;
  } catch (error) {
    if (!(error instanceof ProviderError) || isFinal(error)) throw error;
    return held?.plan ?? null;
  }
}

/** What the quota would only say again; and who wants to be left alone is not asked the next thing. */
const isFinal = ({code, remedy}: ProviderError): boolean =>
  code === 'expired' || code === 'rate_limited' || code === 'no_plan' || remedy?.code === 'verify';

function askFor(project: string | undefined): object {
  const metadata = {ideType: 'IDE_UNSPECIFIED', platform: 'PLATFORM_UNSPECIFIED', pluginType: 'GEMINI'};
  if (project === undefined) return {metadata};
  return {metadata: {...metadata, duetProject: project}, cloudaicompanionProject: project};
}

async function call(account: Account, wire: Wire, method: string, body: object): Promise<unknown> {
  const {token, renew} = account.credential as TokenCredential;
  const response = await wire.send({
    method: 'POST',
    url: `https://${host}/v1internal:${method}`,
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'User-Agent': `mystatus-tui/${wire.version}`,
    },
    body: JSON.stringify(body),
  });
  if (response.status >= 200 && response.status < 300) return jsonOf(response);
  throw refusalOf(response, wire.now(), renew);
}

/** Personal accounts are refused by a 403 like any other, in words that say so. */
function refusalOf(response: WireResponse, now: number, renew: Remedy): ProviderError {
  const failure = failureOf(response, now, {expired: renew, auth_rejected: renew});
  const {code, message: detail, retryAt} = failure;
  if (code === 'blocked' || code === 'rate_limited') return failure;
  if (isMoved(response.text)) return new ProviderError('no_plan', {detail, remedy: moved});
  const {status} = recordOf(recordOf(maybeJson(response.text)).error);
  return status === 'RESOURCE_EXHAUSTED' ? new ProviderError('rate_limited', {detail, retryAt}) : failure;
}
