import {type Amount, ProviderError} from '../../core/model.ts';
import {isCurrency} from '../../core/vocabulary.ts';
import {unexpectedShape} from './http.ts';
import {listOf, recordOf, sumOf, toNumber, toText} from './values.ts';

/** What one line of a report costs, in its currency; undefined where that cannot be read. */
type Cost = {value: number | undefined; currency: unknown};
type Page = {costs: {value: number; currency: Amount['unit']}[]; next: string | null};

// A month is one page, of at most 31 days.
const mostPages = 10;

/** The first moment of this month, as the services count: UTC. */
export function monthStart(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** The sum of all pages, in each currency. Throws rather than show a part of it; nothing at all is a true zero. */
export async function spendOf(ask: (cursor: string | null) => Promise<Page>): Promise<Amount[]> {
  const costs: Page['costs'] = [];
  const cursors: (string | null)[] = [];
  for (let cursor: string | null = null; cursors.length < mostPages; ) {
    cursors.push(cursor);
    const page = await ask(cursor);
    costs.push(...page.costs);
    const {next} = page;
    if (next === null) return amountsOf(costs.length === 0 ? [{value: 0, currency: 'usd'}] : costs);
    if (cursors.includes(next)) break;
    cursor = next;
  }
  throw new ProviderError('bad_response', {detail: 'the cost report has no end', remedy: 'report'});
}

const amountsOf = (costs: Page['costs']): Amount[] =>
  [...Map.groupBy(costs, ({currency}) => currency)].map(([unit, each]) => {
    const value = sumOf(each.map(cost => cost.value));
    if (value === undefined) throw new ProviderError('bad_response', {detail: 'costs out of range', remedy: 'report'});
    return {id: 'spend', value, unit};
  });

/** One page: buckets with results, each of which `costOf` can read. Throws `ProviderError` for any other form. */
export function parsePage(body: unknown, costOf: (result: unknown) => Cost): Page {
  const {data, has_more: hasMore, next_page: nextPage} = recordOf(body);
  if (!Array.isArray(data) || typeof hasMore !== 'boolean') throw unexpectedShape('no page of costs', body);
  const buckets = data.map(bucket => recordOf(bucket).results);
  if (!buckets.every(Array.isArray)) throw unexpectedShape('a bucket without results', body);
  const costs = buckets.flatMap(listOf).map(result => {
    const {value, currency} = costOf(result);
    const unit = toText(currency)?.toLowerCase() ?? '';
    if (value === undefined || !isCurrency(unit)) throw unexpectedShape('a cost that cannot be read', body);
    return {value, currency: unit};
  });
  const next = hasMore ? (toText(nextPage) ?? toNumber(nextPage)?.toString()) : null;
  if (next === undefined) throw unexpectedShape('no next page', body);
  return {costs, next};
}
