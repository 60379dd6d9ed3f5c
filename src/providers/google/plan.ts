import {recordOf} from '../shared/values.ts';
import {hour} from '../shared/windows.ts';
import type {Session} from './ask.ts';
import {type Plan, parsePlan} from './parse-plan.ts';

// A plan changes once in a month, if ever.
const keptMs = hour;

const metadata = {ideType: 'ANTIGRAVITY', platform: 'PLATFORM_UNSPECIFIED', pluginType: 'GEMINI'};

/**
 * Plan, credits and project of the account, asked once an hour. Never throws: the quota is what matters, and it says
 * itself what is wrong. Null when nothing is known.
 */
export async function planOf(session: Session): Promise<Plan | null> {
  const {account, credential, wire} = session;
  const slot = `google plan ${account.key} ${account.fingerprint}`;
  const held = wire.memory.get(slot) as {at: number; plan: Plan | null} | undefined;
  if (held !== undefined && Math.abs(wire.now() - held.at) < keptMs) return held.plan;
  const keep = (plan: Plan | null): void => void wire.memory.set(slot, {at: wire.now(), plan});
  try {
    const plan = await asked(session);
    keep(plan);
    return plan;
  } catch {
    // An account without a project of its own needs this answer: then a failure is no reason to wait an hour.
    if (credential.project !== null) keep(held?.plan ?? null);
    return held?.plan ?? null;
  }
}

async function asked({credential: {project}, ask}: Session): Promise<Plan | null> {
  const body =
    project === null ? {metadata} : {metadata: {...metadata, duetProject: project}, cloudaicompanionProject: project};
  const answer = await ask('loadCodeAssist', body);
  return answer === null || Object.keys(recordOf(answer.body)).length === 0 ? null : parsePlan(answer.body);
}
