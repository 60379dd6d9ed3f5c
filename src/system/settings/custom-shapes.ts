import * as v from 'valibot';
import {segmentsOf} from '../../core/custom/path.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {failureCodes} from '../../core/vocabulary.ts';
import {flag, numberWithin, object, oneOf, text} from './shapes.ts';

/** What definitions of providers are made of: texts, paths, figures, conditions. */

export const quoted = ({input}: {input: unknown}): string =>
  typeof input === 'string' ? `"${sanitize(input, 40)}"` : 'this';
/** Refuses what `why` gives a reason for. */
export const unless = <T>(why: (value: T) => string | null) =>
  v.rawCheck<T>(({dataset, addIssue}) => {
    const reason = dataset.typed && dataset.issues === undefined ? why(dataset.value) : null;
    if (reason !== null) addIssue({message: reason});
  });
export const matching = (pattern: RegExp, what: string) =>
  v.pipe(
    text,
    v.regex(pattern, found => `${quoted(found)} is not ${what}`),
  );
/** What cannot be seen, or moves the cursor, is in no text that is drawn. */
export const whyNotPlain = (value: string): string | null =>
  sanitize(value, value.length) === value.replace(/ {2,}/g, ' ').trim()
    ? null
    : 'must be plain text without control characters';
export const short = (longest: number) =>
  v.pipe(text, v.maxLength(longest, `must have at most ${longest} characters`), unless(whyNotPlain));

const notAPath = (found: {input: unknown}): string => `${quoted(found)} is not a path`;
export const path = v.pipe(
  v.union([v.string(), v.array(v.string())], notAPath),
  unless(value => (segmentsOf(value) === null ? notAPath({input: value}) : null)),
);

const finite = numberWithin(-1e15, 1e15);
const divisor = v.pipe(
  numberWithin(0, 1e15),
  unless(value => (value > 0 ? null : 'must be above 0')),
);
export const source = v.union(
  [finite, object({path, divideBy: v.optional(divisor), negate: v.optional(flag), money: v.optional(flag)})],
  'must be a number or {"path": …}',
);
export const textSource = v.union([short(60), object({path})], 'must be a text or {"path": …}');

const plain = v.nullable(
  v.union([v.string(), v.number(), v.boolean()], 'must be a text, a number, true, false or null'),
);
export const isTrue = v.literal(true, 'must be true');
const tests = {equals: v.optional(plain), present: v.optional(isTrue), positive: v.optional(isTrue)};
const oneTest = <T extends object>() =>
  unless<T>(value =>
    Object.keys(tests).filter(name => name in value).length === 1 ? null : 'needs one of equals, present, positive',
  );
export const condition = v.pipe(object({path, ...tests}), oneTest());
export const successCondition = v.pipe(
  object({path, ...tests, code: v.optional(oneOf(failureCodes), 'bad_response'), reason: v.optional(path)}),
  oneTest(),
);
