import type {Amount, Note, Use} from '../../core/model.ts';
import {type Snapshot, unitOf} from './snapshots.ts';

/**
 * True when this seat may draw nothing more, whatever its percentage says. On a plan that an organisation manages
 * `has_quota: false` says so: the pool or a budget is spent. On an individual plan that field is always false under
 * billing by credits, so it counts for an unlimited bucket only.
 */
export function isSpent(snapshot: Snapshot, isManaged: boolean): boolean {
  const {pool, unlimited, hasQuota, percentLeft} = snapshot;
  if (hasQuota !== false) return false;
  if (pool !== 'premium') return unlimited && percentLeft === 0;
  return isManaged || (unlimited && !permitsMore(snapshot));
}

/** Use beyond the limit is paid for: premium use only, and not beyond its own cap. */
const permitsMore = ({pool, overagePermitted, overage, overageLimit}: Snapshot): boolean =>
  overagePermitted && pool !== 'chat' && pool !== 'completions' && (overageLimit === 0 || overage < overageLimit);

/** At its limit and not allowed beyond; an organisation's seat is stopped there even when extra use is permitted. */
export function limitNotes(pool: string, snapshot: Snapshot | null, use: Use, isManaged: boolean): Note[] {
  const isFull = use.state === 'known' && use.usedPercent >= 100;
  const goesOn = snapshot !== null && !isManaged && permitsMore(snapshot);
  const isStopped = (snapshot !== null && isSpent(snapshot, isManaged)) || (isFull && !goesOn);
  return isStopped ? [{code: 'limit-reached', text: pool}] : [];
}

/** Extra use and its cap, beside a bar only: on placeholders the fields are noise. */
export const overageOf = (snapshots: readonly Snapshot[]): Amount[] =>
  snapshots
    .filter(({overage, overageLimit, overagePermitted}) => overage > 0 || (overagePermitted && overageLimit > 0))
    .slice(0, 1)
    .map(snapshot => ({
      id: 'overage',
      value: snapshot.overage,
      unit: unitOf(snapshot),
      ...(snapshot.overageLimit > 0 ? {limit: snapshot.overageLimit} : {}),
    }));
