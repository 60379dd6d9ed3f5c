import type {Note} from '../../core/model.ts';
import {clean} from '../../core/text.ts';
import {isRecord, type Json, recordOf, toText} from '../shared/values.ts';
import {codeReview, poolsOf} from './pools.ts';
import {isSpent, spendPool} from './spend.ts';

/** What the answer says beside its numbers: limits that are reached, pools that are used up. */
export function notesOf(body: Json): Note[] {
  const pools = poolsOf(body.additional_rate_limits).filter(({limits}) => limits.some(isReached));
  const spent = [
    ...pools.map(({name}) => name),
    ...(isReached(recordOf(body.code_review_rate_limit)) ? [codeReview] : []),
    ...(isSpent(body) ? [spendPool] : []),
  ];
  return [
    ...reachedNotes(body),
    ...spent.map((text): Note => ({code: 'pool-exhausted', text})),
    ...(recordOf(body.credits).unlimited === true ? [{code: 'credits-unlimited'} as const] : []),
  ];
}

/** Only what the service says is exhausted is exhausted; a percentage alone proves nothing. */
const isReached = (limit: Json): boolean => limit.limit_reached === true || limit.allowed === false;

/** Credits keep requests going past the limit, unless the service says that it stops them all the same. */
function reachedNotes(body: Json): Note[] {
  const limit = recordOf(body.rate_limit);
  const kind = reachedKind(body.rate_limit_reached_type);
  if (!isReached(limit) && (isRecord(body.rate_limit) || kind === undefined)) return [];
  const {has_credits: some, unlimited} = recordOf(body.credits);
  const pays = (some === true || unlimited === true) && limit.limit_reached === true;
  if (pays && limit.allowed !== false && !isSpent(body)) return [{code: 'limit-reached-using-credits'}];
  // 'rate_limit_reached' only repeats the note.
  return [
    kind === undefined || kind === 'rate limit reached' ? {code: 'limit-reached'} : {code: 'limit-reached', text: kind},
  ];
}

/** 'workspace owner credits depleted' from either spelling of the field; undefined when nothing is said. */
function reachedKind(value: unknown): string | undefined {
  const kind = clean(toText(isRecord(value) ? value.type : value) ?? '').replaceAll('_', ' ');
  return kind === '' || kind === 'unknown' ? undefined : kind;
}
