import {ProviderError} from '../../core/model.ts';
import {longestWaitMs} from '../../core/polling/schedule.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {askWithKey} from '../shared/key-fetch.ts';
import {difference, recordOf, toNumber} from '../shared/values.ts';
import {hour, minute} from '../shared/windows.ts';
import type {KeyReading} from './parse.ts';

const usualWaitMs = 15 * minute;
const refusedWaitMs = hour;
const url = 'https://openrouter.ai/api/v1/credits';

/** Known of one key: its balance, if that is to be believed, and when to ask again. */
type Known = {balance: number | undefined; nextAt: number};
type Judge = Pick<KeyReading, 'isManagement' | 'usage'>;

/** The account's balance, asked rarely. Best effort: where there is none, the reading stands without it. */
export async function balanceOf(account: Account, wire: Wire, judge: Judge): Promise<number | undefined> {
  // Without a figure to compare with, no answer to an ordinary key could be believed.
  if (!judge.isManagement && judge.usage === undefined) return undefined;
  const name = `credits ${account.key}`;
  const before = wire.memory.get(name) as Known | undefined;
  if (before !== undefined && wire.now() < before.nextAt) return before.balance;
  const known = await ask(account, wire, judge);
  wire.memory.set(name, known);
  return known.balance;
}

async function ask(account: Account, wire: Wire, judge: Judge): Promise<Known> {
  try {
    const balance = parseCredits(await askWithKey(account, wire, {url, remedy: 'check-key'}), judge);
    const isLie = balance === undefined && !judge.isManagement;
    return {balance, nextAt: wire.now() + (isLie ? refusedWaitMs : usualWaitMs)};
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const isRefused = error.code === 'auth_rejected' || /^HTTP 404/.test(error.message);
    const leastAt = wire.now() + (isRefused ? refusedWaitMs : usualWaitMs);
    return {balance: undefined, nextAt: Math.max(leastAt, Math.min(error.retryAt ?? 0, wire.now() + longestWaitMs))};
  }
}

/**
 * Pure. An ordinary key may get zeros in place of a refusal: its answer is believed only where something was ever paid,
 * and where the account has spent at least as much as the key alone.
 */
export function parseCredits(body: unknown, {isManagement, usage}: Judge): number | undefined {
  const {total_credits, total_usage} = recordOf(recordOf(body).data);
  const [paid, spent] = [toNumber(total_credits), toNumber(total_usage)];
  if (paid === undefined || spent === undefined) return undefined;
  const isLikely = paid > 0 && usage !== undefined && spent + 0.01 >= usage;
  return isManagement || isLikely ? difference(paid, spent) : undefined;
}
