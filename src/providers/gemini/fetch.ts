import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire, WireResponse} from '../../core/provider.ts';
import {maybeJson} from '../shared/http.ts';
import {askWithKey, type Meaning} from '../shared/key-fetch.ts';
import {requireAlive} from '../shared/token-login.ts';
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

const call = (account: Account, wire: Wire, method: string, body: object): Promise<unknown> =>
  askWithKey(account, wire, {url: `https://${host}/v1internal:${method}`, body, meaningOf});

/** Personal accounts are refused by a 403 like any other, in words that say so. */
function meaningOf({text}: WireResponse): Meaning | undefined {
  if (isMoved(text)) return {code: 'no_plan', remedy: moved};
  const {status} = recordOf(recordOf(maybeJson(text)).error);
  return status === 'RESOURCE_EXHAUSTED' ? {code: 'rate_limited'} : undefined;
}
