import type {AmountMapping, HttpSource} from '../../core/custom/definition.ts';
import {isTooDeep, pathText, valueAt} from '../../core/custom/path.ts';
import {type Amount, ProviderError, type Reading} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {toText} from '../shared/values.ts';
import {isMet, numberAt, textAt} from './figures.ts';
import {firstOfEach, mapWindows, type Unread} from './windows.ts';

/** A body as the definition reads it, and what it could not read in it. */
export type Mapped = {reading: Reading; unread: Unread[]};

/** Pure. Throws `ProviderError` for a body that the definition takes for a failure, and for what is no body at all. */
export function mapBody(definition: HttpSource, body: unknown, now: number): Mapped {
  requireReadable(definition, body);
  const {windows, unread, skipped} = mapWindows(definition.windows, body, now);
  const amounts = definition.amounts.flatMap((mapping, at) => amountIn(mapping, `amounts[${at}]`, body));
  const missing = amounts.flatMap(each => ('place' in each ? [each] : []));
  const label = textAt(definition.accountLabel, body);
  const reading: Reading = {
    plan: textAt(definition.plan, body),
    windows,
    amounts: firstOfEach(amounts.flatMap(each => ('place' in each ? [] : [each]))),
    notes: skipped || missing.length > 0 ? [{code: 'skipped-rows'}] : [],
    ...(label !== null && {label}),
  };
  return {reading, unread: [...unread, ...missing]};
}

function requireReadable({success}: HttpSource, body: unknown): void {
  if (typeof body !== 'object' || body === null)
    throw new ProviderError('bad_response', {detail: 'responded with JSON that is neither an object nor a list'});
  if (isTooDeep(body)) throw new ProviderError('bad_response', {detail: 'responded with JSON of more than 32 levels'});
  const unmet = success.find(condition => !isMet(condition, body));
  if (unmet === undefined) return;
  const reason = unmet.reason === undefined ? undefined : toText(valueAt(body, unmet.reason));
  throw new ProviderError(unmet.code, {
    detail: sanitize(reason ?? '') || `"${pathText(unmet.path)}" in the response does not stand for success`,
  });
}

/** Nothing where its condition does not hold. */
export function amountIn({id, when, value, unit}: AmountMapping, place: string, body: unknown): (Amount | Unread)[] {
  if (when !== undefined && !isMet(when, body)) return [];
  const told = numberAt(value, body);
  return ['value' in told ? {id, value: told.value, unit} : {place: `${place}.value`, ...told, row: body}];
}
