import type {Amount, Note, Reading, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {firstOf, isRecord, type Json, recordOf, toNumber, toText} from '../shared/values.ts';
import {windowsOf} from './rows.ts';
import type {Site} from './sites.ts';

/** Pure. Throws `ProviderError` for a response in any other form; `refuse` has seen to the refusals. */
export function parsePlan(body: unknown, {id}: Pick<Site, 'id'>, now: number): Reading {
  if (!isRecord(body)) throw unexpectedShape('no object', body);
  // The whole may stand in `data`.
  const root = Array.isArray(body.model_remains) ? body : {...body, ...recordOf(body.data)};
  const {model_remains: rows} = root;
  if (!Array.isArray(rows)) throw unexpectedShape('no list of limits', body);
  const known = rows.filter(isRecord);
  const windows = highest(known.flatMap(row => windowsOf(row, now)));
  const isSkipped = windows.length === 0 && known.length < rows.length;
  return {
    plan: planOf(root),
    windows,
    amounts: creditsOf(root),
    notes: [...boostsOf(known, id), ...(isSkipped ? [{code: 'skipped-rows'} as const] : [])],
  };
}

/** One window per id: a model of its own beside the general row may tell the same. The higher use counts. */
function highest(windows: readonly Window[]): Window[] {
  const byId = new Map<string, Window>();
  for (const window of windows) {
    const other = byId.get(window.id);
    if (other === undefined || weight(window) > weight(other)) byId.set(window.id, window);
  }
  return [...byId.values()];
}

/** What is unknown stands below any figure, and above what has no limit. */
function weight({use}: Window): number {
  if (use.state === 'known') return use.usedPercent;
  return use.state === 'unlimited' ? Number.NEGATIVE_INFINITY : -Number.MAX_VALUE;
}

const titles = ['current_subscribe_title', 'plan_name', 'combo_title', 'current_plan_title'];

function planOf(root: Json): string | null {
  const title = firstOf(root, titles, toText) ?? toText(recordOf(root.current_combo_card).title);
  return toText(sanitize(title ?? '', 60)) ?? null;
}

/** Credits that were bought beside the plan. */
function creditsOf(root: Json): Amount[] {
  const credits = firstOf(root, ['points_balance', 'credit_balance'], toNumber);
  return credits === undefined ? [] : [{id: 'credits', value: credits + 0, unit: 'credits'}];
}

const boostNames = [
  'weekly_boost_permille',
  'weekly_boost_permill',
  'interval_boost_permille',
  'interval_boost_permill',
];

/** A raised allowance: the percentages are of it already. */
function boostsOf(rows: readonly Json[], id: Site['id']): Note[] {
  const factors = rows.flatMap(row => boostNames.flatMap(name => toNumber(row[name]) ?? []));
  const raised = [...new Set(factors)].filter(permille => permille > 0 && permille !== 1000);
  return raised.map(permille => ({code: `${id}/boost`, text: `×${permille / 1000}`}));
}
