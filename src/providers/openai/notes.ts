import type {Note} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord, type Json, recordOf, toEpochMs, toText} from '../shared/values.ts';
import {codeReview, poolsOf} from './pools.ts';
import {isSpent, spendPool} from './spend.ts';

/** What the answer says beside its numbers: limits that are reached, pools that are used up, models that are closed. */
export function notesOf(body: Json, now: number): Note[] {
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
    ...closedModels(body, now),
  ];
}

/** Only what the service says is exhausted is exhausted; a percentage alone proves nothing. */
const isReached = (limit: Json): boolean => limit.limit_reached === true || limit.allowed === false;

// This kind only repeats the note.
const plainKind = 'rate limit reached';

/**
 * A limit may be reached outside the windows (the workspace's credits are gone) while they have room. Credits keep
 * requests going past the plan's own limit, unless the service says that it stops them all the same.
 */
function reachedNotes(body: Json): Note[] {
  const limit = recordOf(body.rate_limit);
  const kind = reachedKind(body.rate_limit_reached_type);
  if (!isReached(limit) && kind === undefined) return [];
  const {has_credits: some, unlimited} = recordOf(body.credits);
  const isStopped = limit.allowed === false || isSpent(body);
  if (kind !== undefined && kind !== plainKind) return [{code: 'limit-reached', text: kind}];
  return [
    {code: (some === true || unlimited === true) && !isStopped ? 'limit-reached-using-credits' : 'limit-reached'},
  ];
}

/** 'workspace owner credits depleted' from either spelling of the field; undefined when nothing is said. */
function reachedKind(value: unknown): string | undefined {
  const kind = sanitize(toText(isRecord(value) ? value.type : value) ?? '').replaceAll('_', ' ');
  return kind === '' || kind === 'unknown' ? undefined : kind;
}

// More would only push the other notes out of sight.
const mostModels = 8;

/** Models that are closed by themselves though the windows have room. They draw on the same pools and have no row. */
function closedModels(body: Json, now: number): Note[] {
  const usage = recordOf(body.model_usage);
  const {blocked_model_slug, reset_at} = recordOf(body.rate_limit_upsell);
  const blocked = toText(blocked_model_slug);
  const closed = new Map<string, unknown>();
  // The list of models knows better than a banner.
  if (blocked !== undefined && recordOf(usage[blocked]).available !== true) closed.set(blocked, reset_at);
  for (const [slug, value] of Object.entries(usage)) {
    const {available, available_at} = recordOf(value);
    if (available === false) closed.set(slug, available_at ?? closed.get(slug));
  }
  return [...closed].flatMap(([slug, at]) => closedNote(slug, at, now)).slice(0, mostModels);
}

function closedNote(slug: string, until: unknown, now: number): Note[] {
  const text = sanitize(slug, 60);
  const at = toEpochMs(until);
  return text === '' ? [] : [{code: 'model-closed', text, ...(at === null || at <= now ? {} : {at})}];
}
