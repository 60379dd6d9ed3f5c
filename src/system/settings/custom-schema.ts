import * as v from 'valibot';
import {type CustomProvider, customAmountIds, customId} from '../../core/custom/definition.ts';
import {isWindowId} from '../../core/custom/period.ts';
import {failureCodes, units} from '../../core/vocabulary.ts';
import {whyNotCustomUrl} from '../http/origins.ts';
import {
  condition,
  isTrue,
  matching,
  path,
  quoted,
  short,
  source,
  successCondition,
  textSource,
  unless,
  whyNotPlain,
} from './custom-shapes.ts';
import {described as is, numberWithin, object, oneOf, record, text} from './shapes.ts';

/**
 * A provider that the user describes. What stands in one alone is refused here, with the words that the user reads; what
 * looks like a secret was refused before (custom-check.ts), so that a message may quote.
 */

const windowName = v.pipe(
  text,
  unless(value =>
    isWindowId(value)
      ? null
      : `${quoted({input: value})} is not a window's id (5h, weekly, monthly, 30d, total, key/30d)`,
  ),
);
const windowNames = object({path, map: v.pipe(record, v.record(v.string(), windowName))});
const time = v.union(
  [
    object({path, as: oneOf(['iso', 's', 'ms', 'in-seconds'])}),
    object({next: oneOf(['utc-day', 'utc-week', 'utc-month'])}),
  ],
  'must be {"path": …, "as": …} or {"next": …}',
);

const figures = ['usedPercent', 'remainingPercent', 'used', 'remaining', 'limit'] as const;
const ways = ['usedPercent', 'remainingPercent', 'used limit', 'remaining limit', 'used remaining'];
const window = v.pipe(
  object({
    id: v.union([windowName, windowNames], 'must be a window\'s id or {"path": …, "map": …}'),
    each: v.optional(path),
    when: v.optional(condition),
    usedPercent: v.optional(source),
    remainingPercent: v.optional(source),
    used: v.optional(source),
    remaining: v.optional(source),
    limit: v.optional(source),
    scale: v.optional(oneOf(['0-1'])),
    unlimited: v.optional(condition),
    unit: v.optional(oneOf(units)),
    resetsAt: v.optional(time),
  }),
  unless(value =>
    ways.includes(figures.filter(name => value[name] !== undefined).join(' '))
      ? null
      : 'needs one of usedPercent, remainingPercent, used + limit, remaining + limit, used + remaining',
  ),
);
const amount = object({
  id: oneOf(customAmountIds),
  when: v.optional(condition),
  value: source,
  unit: oneOf(units),
});

// What directs the request, or changes how it is sent.
const forbidden =
  /^(?:host|cookie2?|connection|keep-alive|te|trailer|upgrade|expect|transfer-encoding|content-.*|proxy-.*|http2-settings)$/i;
const whyNotHeader = (name: string): string | null =>
  /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name) && !forbidden.test(name)
    ? null
    : `${quoted({input: name})} is not a header that may be set`;
/** These two are ours: a key in them would not be sent. */
const whyNotForKey = (name: string): string | null =>
  /^(?:accept|user-agent)$/i.test(name) ? `${quoted({input: name})} cannot carry a key` : whyNotHeader(name);
const variable = matching(/^[A-Z_][A-Z0-9_]*$/, "a variable's name (capitals, digits, _)");
const auth = v.pipe(
  object({
    header: v.optional(v.pipe(text, unless(whyNotForKey)), 'Authorization'),
    scheme: v.optional(
      v.pipe(v.string(), v.regex(/^[A-Za-z0-9._~+/-]{0,40}$/, 'must be a word such as Bearer')),
      'Bearer',
    ),
    env: v.optional(variable),
    stored: v.optional(isTrue),
  }),
  unless(({env, stored}) => ((env === undefined) !== (stored === undefined) ? null : 'needs one of env, stored')),
);

const mostHeaders = 8;
const headers = v.pipe(
  record,
  v.record(
    v.string(),
    v.pipe(v.string(), v.regex(/^(?!.*\$\{)[\t\x20-\x7e]*$/, 'must be plain text without placeholders')),
  ),
  unless(value => {
    const names = Object.keys(value);
    if (names.length > mostHeaders) return `has more than ${mostHeaders} headers`;
    return names.map(whyNotHeader).find(why => why !== null) ?? null;
  }),
);
const listAtMost = <const T extends v.GenericSchema>(item: T, most: number) =>
  v.pipe(v.array(item, 'must be a list'), v.maxLength(most, `has more than ${most} entries`));
const statuses = v.pipe(
  record,
  v.record(
    v.pipe(
      v.string(),
      v.regex(/^[1345]\d\d$/, found => `${quoted(found)} is not a status of failure`),
    ),
    oneOf(failureCodes),
  ),
);

const http = v.pipe(
  object({
    url: v.pipe(text, unless(whyNotCustomUrl)),
    auth: v.optional(
      is('Where the secret is: {"env": "GATEWAY_KEY"}, or {"stored": true} for what login stored.', auth),
    ),
    headers: v.optional(headers, {}),
    success: v.optional(listAtMost(successCondition, 8), []),
    statuses: v.optional(statuses, {}),
    plan: v.optional(textSource),
    accountLabel: v.optional(textSource),
    windows: v.optional(listAtMost(window, 16), []),
    amounts: v.optional(listAtMost(amount, 8), []),
  }),
  unless(({windows, amounts}) => (windows.length + amounts.length > 0 ? null : 'needs windows or amounts')),
);

const isPath = /^(?:~?\/|[A-Za-z]:[\\/])/;
const argument = v.pipe(
  v.string(),
  unless(value => (/\$\{|\0/.test(value) ? 'must not have placeholders: write the argument out' : null)),
);
const command = object({
  run: v.pipe(
    v.array(argument, 'must be a list: the program, then its arguments'),
    v.minLength(1, 'must be a list: the program, then its arguments'),
    v.maxLength(32, 'has more than 32 entries'),
    unless(([program = '']) =>
      isPath.test(program)
        ? whyNotPlain(program)
        : `${quoted({input: program})} is not an absolute path or one that begins with ~/`,
    ),
  ),
  passEnv: v.optional(listAtMost(variable, 32), []),
  secretEnv: v.optional(variable),
  timeoutSeconds: v.optional(numberWithin(1, 30), 10),
});

const secureUrl = v.pipe(text, v.regex(/^https:\/\/[\x21-\x3f\x41-\x7e]+$/, 'must be an https:// address'));
// JSON knows no undefined: what may be undefined is not there.
export const customSchema = v.pipe(
  object({
    id: is('What --provider takes.', matching(customId, 'an id (a–z, 0–9, -)')),
    name: is('The title of its panel.', short(40)),
    usageUrl: v.optional(is('The page that key o opens.', secureUrl)),
    intervalSeconds: v.optional(is('Seconds between two polls, at least 60.', v.pipe(v.number(), v.integer())), 300),
    http: v.optional(is('One GET request, and how its answer is read.', http)),
    command: v.optional(is('A program that prints a reading.', command)),
  }),
  unless(({http, command}) => ((http === undefined) !== (command === undefined) ? null : 'needs one of http, command')),
) as unknown as v.GenericSchema<unknown, CustomProvider>;
/** What the published schema writes once. */
export const customDefinitions = {path, source, condition, window, amount};
