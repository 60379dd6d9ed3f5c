import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {ask, requireVersion} from '../shared/vendor-program.ts';
import {exitFailure, noAnswer} from './errors.ts';
import {codingPlan, type Part, type Plan, tokenPlan} from './parse.ts';
import {bl, json} from './program.ts';

/** Asks bl for both plans, one after the other. Throws only `ProviderError`. */
export async function fetchUsage(account: Account, wire: Wire): Promise<Reading> {
  const {path} = account.credential as {path: string};
  await requireVersion(bl, path, wire);
  const parts = [await readPlan(tokenPlan, path, wire), await readPlan(codingPlan, path, wire)];
  const failed = parts.find(({failure}) => failure !== undefined)?.failure;
  const windows = parts.flatMap(part => part.windows);
  // What failed may be the only plan there is.
  if (failed !== undefined && windows.length === 0) throw failed;
  const plans = parts.flatMap(({plan}) => plan ?? []);
  return {
    plan: plans.length === 0 ? null : plans.join(', '),
    windows,
    amounts: [],
    notes: parts.flatMap(({failure, name}) => (failure === undefined ? [] : [{code: 'alibaba/unread', text: name}])),
  };
}

type Read = Part & {name: string; failure?: ProviderError};

/** One login is for both: where it has ended, the other need not be asked. */
async function readPlan(plan: Plan, path: string, wire: Wire): Promise<Read> {
  try {
    return {...(await askFor(plan, path, wire)), name: plan.name};
  } catch (failure) {
    if (!(failure instanceof ProviderError) || failure.code === 'expired') throw failure;
    return {plan: null, windows: [], name: plan.name, failure};
  }
}

async function askFor(plan: Plan, path: string, wire: Wire): Promise<Part> {
  const result = await ask(bl, path, ['usage', plan.command, ...json], wire);
  if (result.code !== 0) throw await exitFailure(result, path, wire);
  const body = plan.bodyIn(result.stdout);
  if (body === undefined) throw noAnswer(result);
  return plan.parse(body, wire.now());
}
