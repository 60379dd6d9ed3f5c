import {type Amount, type Note, ProviderError, type Reading} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord, type Json, listOf, recordOf, toText} from '../shared/values.ts';
import {type Bucket, bucketsOf, snapshotsOf} from './buckets.ts';
import {hasNoPlan, isManagedPlan, mayOnlySignUp, planLabel} from './plans.ts';
import {drawn, isPlaceholder, type Snapshot, toFlag} from './snapshots.ts';
import {limitNotes, overageOf} from './spent.ts';

/**
 * The answer of `/copilot_internal/user` (docs/providers/copilot.md#the-live-counter). Throws `ProviderError`: 'no_plan'
 * for a login without Copilot, 'bad_response' when it holds nothing that says how much is used.
 */
export function parseInternal(body: unknown, now: number): Reading {
  if (!isRecord(body)) throw unexpectedShape('not an object', body);
  if (mayOnlySignUp(body)) throw noPlan('GitHub says this login has no Copilot');
  const isManaged = isManagedPlan(body.copilot_plan, body.access_type_sku);
  const snapshots = snapshotsOf(body);
  const buckets = bucketsOf(body, snapshots, isManaged, now);
  const amounts = [...usedOf(snapshots), ...overageOf(measured(buckets))];
  if (buckets.length === 0 && amounts.length === 0) requireCredits(body, snapshots, isManaged);
  const notes = [
    ...buckets.flatMap(({window, snapshot}) => limitNotes(window.pool ?? '', snapshot, window.use, isManaged)),
    ...seatNotes(body, buckets, amounts, isManaged),
  ];
  return {plan: planOf(body), windows: buckets.map(({window}) => window), amounts, notes};
}

export const noPlan = (detail: string): ProviderError =>
  new ProviderError('no_plan', {
    detail,
    remedy: {code: 'subscribe', name: 'GitHub Copilot', url: 'https://github.com/settings/copilot'},
  });

/** The GitHub login that an answer is about; undefined when it does not say. */
export const loginIn = (body: unknown): string | undefined => toText(sanitize(toText(recordOf(body).login) ?? ''));

const planOf = (body: Json): string | null =>
  toText(sanitize(planLabel(body.copilot_plan, body.access_type_sku) ?? '')) ?? null;

/** An answer without any number is one only where credits are counted: then the seat has no figures of its own. */
function requireCredits(body: Json, snapshots: readonly Snapshot[], isManaged: boolean): void {
  if (!isManaged && hasNoPlan(body)) throw noPlan('GitHub says this login may not use Copilot');
  const paidInCredits = toFlag(body.token_based_billing) === true || snapshots.some(({inCredits}) => inCredits);
  if (!paidInCredits) throw unexpectedShape('no usable quota in the response', body);
}

/** The buckets whose own numbers tell how much is used. */
const measured = (buckets: readonly Bucket[]): Snapshot[] =>
  buckets.flatMap(({window, snapshot}) =>
    snapshot !== null && window.use.state === 'known' && !snapshot.unlimited && !isPlaceholder(snapshot)
      ? [snapshot]
      : [],
  );

/** What a seat without an allotment or a limit of its own has used; every bucket may repeat the figure, so it is not summed. */
function usedOf(snapshots: readonly Snapshot[]): Amount[] {
  const value = snapshots
    .filter(each => isPlaceholder(each) || each.unlimited)
    .reduce((most, each) => Math.max(most, (each.unlimited ? drawn(each).used : each.creditsUsed) ?? 0), 0);
  return value > 0 ? [{id: 'used', value, unit: 'credits'}] : [];
}

/** Why a seat shows no bar, or nothing at all. */
function seatNotes(body: Json, buckets: readonly Bucket[], amounts: readonly Amount[], isManaged: boolean): Note[] {
  if (isManaged) return measured(buckets).length === 0 ? [managedNote(body)] : [];
  return buckets.length === 0 && amounts.length === 0 ? [{code: 'no-usage-visible'}] : [];
}

function managedNote(body: Json): Note {
  const names = listOf(body.organization_login_list).map(toText).filter(Boolean).join(', ');
  const text = sanitize(names);
  return {code: 'managed-by-organisation', ...(text === '' ? {} : {text})};
}
