import {ProviderError} from '../../core/model.ts';
import {recordOf} from '../shared/values.ts';
import {hour, minute} from '../shared/windows.ts';
import type {Session} from './ask.ts';
import {type Plan, parsePlan} from './parse-plan.ts';

// A plan changes once in a month, if ever — but of a login that was just made Google may say for minutes that it is free.
const keptMs = hour;
const freeKeptMs = 15 * minute;

const metadata = {ideType: 'ANTIGRAVITY', platform: 'PLATFORM_UNSPECIFIED', pluginType: 'GEMINI'};

/**
 * Plan, credits and project of the account, asked once an hour at most. Never throws: the quota is what matters, and it says
 * itself what is wrong. Null when nothing is known.
 */
export async function planOf(session: Session): Promise<Plan | null> {
  const {account, credential, wire} = session;
  const slot = `google plan ${account.key} ${account.fingerprint}`;
  const held = wire.memory.get(slot) as {at: number; plan: Plan | null} | undefined;
  if (held !== undefined && Math.abs(wire.now() - held.at) < (held.plan?.isFree ? freeKeptMs : keptMs))
    return held.plan;
  const keep = (plan: Plan | null): void => void wire.memory.set(slot, {at: wire.now(), plan});
  try {
    const plan = await asked(session);
    // A wish for verification is not kept: once the account is verified, its plan is there.
    if (plan?.refusal?.isToVerify !== true) keep(plan);
    return plan;
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal !== null) return {...(held?.plan ?? nothingKnown), refusal};
    // An account without a project of its own needs this answer: then a failure is no reason to wait an hour.
    if (credential.project !== null) keep(held?.plan ?? null);
    return held?.plan ?? null;
  }
}

const nothingKnown: Plan = {name: null, isFree: false, project: null, amounts: [], refusal: null};

/** Of all that may go wrong here, what the user can do something about. */
function refusalIn(error: unknown): Plan['refusal'] {
  if (!(error instanceof ProviderError) || error.remedy?.code !== 'verify') return null;
  return {reason: error.message, isToVerify: true, url: error.remedy.url ?? null};
}

async function asked({credential: {project}, ask}: Session): Promise<Plan | null> {
  const body =
    project === null ? {metadata} : {metadata: {...metadata, duetProject: project}, cloudaicompanionProject: project};
  const answer = await ask('loadCodeAssist', body);
  return answer === null || Object.keys(recordOf(answer.body)).length === 0 ? null : parsePlan(answer.body);
}
