import * as v from 'valibot';
import {type AlertRule, alertNames, channelNames, runOutNames} from '../../core/alerts/event.ts';
import {quietPattern} from '../../core/alerts/quiet.ts';
import {defaultSettings} from '../../core/settings.ts';
import {isRecord} from '../files/json-store.ts';
import {whyNoHook} from '../http/hook-address.ts';
import {whyNotInSettings} from '../http/origins.ts';
import {described as is, isNoneOf, listOf, numberWithin, object, oneOf, text, withDefaults} from './shapes.ts';

/** The shape of `alerts` in config.json. */

const percents = listOf(numberWithin(1, 100));
const names = listOf(oneOf(alertNames));
const ruleEntries = ['provider', 'window', 'events', 'thresholds'];

/** What a rule is about decides what becomes of it: without a mistaken part it would fit more than was meant. */
function whyNoRule(rule: Record<string, unknown>, providers: readonly string[]): string | null {
  const stranger = Object.keys(rule).find(key => !ruleEntries.includes(key));
  if (stranger !== undefined) return `has no entry of that name; it ${isNoneOf(stranger, ruleEntries)}`;
  if (rule.provider !== undefined && !providers.includes(String(rule.provider)))
    return `provider ${isNoneOf(rule.provider, providers)}`;
  return rule.window === undefined || (typeof rule.window === 'string' && rule.window !== '')
    ? null
    : 'window must be the id of one, such as "weekly"';
}

const ruleOf = (providers: readonly string[]) =>
  v.pipe(
    v.custom<Record<string, unknown>>(isRecord, 'must be an object'),
    v.rawCheck(({dataset, addIssue}) => {
      const message = dataset.typed ? whyNoRule(dataset.value, providers) : null;
      if (message !== null) addIssue({message});
    }),
    v.strictObject({
      provider: v.optional(is('Only windows of this provider.', oneOf(providers))),
      window: v.optional(is('Only windows of this id, such as weekly.', text)),
      events: v.optional(is('What is worth an alert, instead of the default.', names)),
      thresholds: v.optional(is('Percentages used, instead of the default.', percents)),
    }),
  ) as v.GenericSchema<unknown, AlertRule>;

const span = v.pipe(
  v.string('must be a span of the day such as "22:00-08:00"'),
  v.regex(quietPattern, 'must be a span of the day such as "22:00-08:00"'),
  v.rawCheck(({dataset, addIssue}) => {
    const [from, to] = dataset.typed ? dataset.value.split('-') : [];
    if (from !== undefined && from === to) addIssue({message: 'begins when it ends'});
  }),
);

/** The whole or nothing: were a part left out, another program would be started. */
const isCommand = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every(part => typeof part === 'string' && !part.includes('\0')) &&
  (value.length === 0 || /^(?:\/|[a-zA-Z]:[\\/]|\\\\)/.test(String(value[0])));
const command = v.pipe(
  v.unknown(),
  v.rawCheck(({dataset, addIssue}) => {
    if (dataset.typed && isCommand(dataset.value)) return;
    addIssue({message: 'must be a list of strings that begins with the absolute path of a program'});
  }),
  v.transform(value => value as string[]),
  v.metadata({type: 'array', items: {type: 'string'}}),
);

const addressOf = (whyNot: (value: string) => string | null) =>
  v.nullable(
    v.pipe(
      text,
      v.rawCheck(({dataset, addIssue}) => {
        const message = dataset.typed ? whyNot(dataset.value) : null;
        if (message !== null) addIssue({message});
      }),
    ),
  );

export const alertsOf = (providers: readonly string[]) =>
  object(
    withDefaults(defaultSettings.alerts, {
      channels: is('How alerts are given. An empty list: only on the screen.', listOf(oneOf(channelNames))),
      runOut: is('How sure it must be that a limit runs out: from 50, 60 or 75 %, or never.', oneOf(runOutNames)),
      quiet: is('Spans of the local day in which alerts wait, such as 22:00-08:00.', listOf(span)),
      rules: is(
        'What is worth an alert, by provider and window. The first rule that fits counts.',
        listOf(ruleOf(providers)),
      ),
      thresholds: is('Percentages used that are worth an alert when they are crossed.', percents),
      command: is('For the channel command: a program (absolute path) and its arguments. No shell.', command),
      webhook: is(
        'For the channel webhook: gets each alert as JSON. https, or http on this machine.',
        addressOf(whyNoHook),
      ),
      ntfy: is('For the channel webhook: an ntfy server, such as https://ntfy.sh.', addressOf(whyNotInSettings)),
    }),
  );
