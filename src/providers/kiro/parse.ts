import type {Amount, Note, Reading, Use, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isCurrency} from '../../core/vocabulary.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse} from '../shared/use.ts';
import {isRecord, type Json, listOf, recordOf, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {monthUntil, pooledId} from '../shared/windows.ts';
import {figureOf, potsOf} from './pots.ts';

/** What GetUsageLimits told. Pure. Throws `ProviderError` for a response in any other form. */
export function parseUsage(body: unknown, now: number): Reading {
  if (!isRecord(body)) throw unexpectedShape('not an object', body);
  const {usageBreakdown: one} = body;
  const lists = [body.usageBreakdownList, isRecord(one) ? [one] : one, body.limits].filter(Array.isArray);
  if (lists.length === 0) throw unexpectedShape('no list of usage', body);
  const rows = (lists.find(list => list.length > 0) ?? []).map(recordOf).map(row => ({
    ...row,
    nextDateReset: row.nextDateReset ?? body.nextDateReset,
  }));
  const mayOverrun = recordOf(body.overageConfiguration).overageStatus === 'ENABLED';
  const {subscriptionTitle} = recordOf(body.subscriptionInfo);
  return {...readRows(rows, mayOverrun, now, body), plan: sanitize(toText(subscriptionTitle) ?? '', 40) || null};
}

/** The pool of each kind of row; that of credits is the plan itself. */
const kinds = new Map<unknown, {pool: string | null; unit: 'credits' | 'requests'}>([
  ['CREDIT', {pool: null, unit: 'credits'}],
  ['AGENTIC_REQUEST', {pool: 'agentic', unit: 'requests'}],
  ['VIBE', {pool: 'vibe', unit: 'requests'}],
  ['SPEC', {pool: 'spec', unit: 'requests'}],
]);

const kindOf = (row: Json) => kinds.get(row.resourceType ?? row.type);

/** Rows of a kind that nobody knows are left out, and that is said. */
function readRows(rows: readonly Json[], mayOverrun: boolean, now: number, body: unknown): Reading {
  const known = rows.filter(row => kindOf(row) !== undefined);
  if (rows.length > 0 && known.length === 0) throw unexpectedShape('no usage of a known kind', body);
  const credits = known.filter(row => kindOf(row)?.pool === null);
  const pots = credits.length === 1 ? potsOf(recordOf(credits[0]), now) : {windows: [], notes: []};
  const skipped: Note[] = known.length < rows.length ? [{code: 'skipped-rows'}] : [];
  return {
    plan: null,
    windows: [...distinct(known.flatMap(row => windowsOf(row, mayOverrun, now))), ...pots.windows],
    amounts: credits.length === 1 ? charges(recordOf(credits[0])) : [],
    notes: [...pots.notes, ...skipped],
  };
}

/** Of two rows of one kind nobody can say which counts. */
function distinct(windows: readonly Window[]): Window[] {
  const ids = windows.map(({id}) => id);
  const isTwice = ({id}: Window): boolean => ids.indexOf(id) !== ids.lastIndexOf(id);
  return windows
    .filter(({id}, at) => ids.indexOf(id) === at)
    .map(window => (isTwice(window) ? {...window, use: {state: 'unknown', why: 'it was reported twice'}} : window));
}

/** The plan's part and, where it may be overrun, the part above it: the service counts both together. */
function windowsOf(row: Json, mayOverrun: boolean, now: number): Window[] {
  const {pool, unit} = kindOf(row) ?? {pool: null, unit: 'credits'};
  const month = monthOf(row, now);
  const plan: Window = {id: pooledId(pool, 'monthly'), pool, ...month, use: planUse(row, mayOverrun), unit};
  const cap = figureOf(row, 'overageCap') ?? 0;
  if (!mayOverrun || pool !== null || cap <= 0) return [plan];
  const use = fractionUse(figureOf(row, 'currentOverages'), cap);
  return [plan, {id: 'overage/monthly', pool: 'overage', ...month, use, unit}];
}

function planUse(row: Json, mayOverrun: boolean): Use {
  const [all, over] = [figureOf(row, 'currentUsage'), figureOf(row, 'currentOverages')];
  const limit = figureOf(row, 'usageLimit') ?? toNumber(row.totalUsageLimit);
  // Nobody can say then how much of it is the plan's.
  const isMixed = mayOverrun && over === undefined && (all ?? 0) > (limit ?? 0);
  return fractionUse(all === undefined || isMixed ? undefined : rounded(all - (over ?? 0)), limit);
}

/** Counted from the first of a month to the next; another day says nothing of the length. */
function monthOf(row: Json, now: number): Pick<Window, 'resetsAt' | 'windowMs'> {
  const month = monthUntil(row.nextDateReset, now);
  const isFirst = month.resetsAt !== null && new Date(month.resetsAt).toISOString().slice(8, 19) === '01T00:00:00';
  return isFirst ? month : {...month, windowMs: null};
}

/** What the part above the plan costs. */
function charges(row: Json): Amount[] {
  const value = toNumber(row.overageCharges) ?? 0;
  const unit = (toText(row.currency) ?? 'USD').toLowerCase();
  return value > 0 && isCurrency(unit) ? [{id: 'overage', value, unit}] : [];
}

// A difference of two figures has no more digits than they have.
const rounded = (value: number): number => toNumber(Number(value.toFixed(6))) ?? value;

const usageState = 'kiro.resourceNotifications.usageState';

/** The editor's own copy of the figures, with the time of them; null where there is none. Throws nothing. */
export function parseUsageState(value: unknown, now: number): {reading: Reading; readAt: number} | null {
  const state = recordOf(recordOf(value)[usageState]);
  const readAt = toEpochMs(state.timestamp);
  const rows = listOf(state.usageBreakdowns)
    .map(toRow(now))
    .filter(row => kindOf(row) !== undefined);
  if (readAt === null || readAt > now || rows.length === 0) return null;
  return {reading: readRows(rows, false, now, value), readAt};
}

/** As the service spells it. */
const toRow =
  (now: number) =>
  (value: unknown): Json => {
    const row = recordOf(value);
    const {expiryDate, ...trial} = recordOf(row.freeTrialUsage);
    const isOver = (toEpochMs(expiryDate) ?? 0) <= now;
    return {
      ...row,
      nextDateReset: row.resetDate,
      freeTrialInfo: {...trial, freeTrialExpiry: expiryDate, freeTrialStatus: isOver ? 'EXPIRED' : 'ACTIVE'},
    };
  };
