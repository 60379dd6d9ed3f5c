import {severityOf} from '../core/health.ts';
import type {AccountState, MonitorState, Window} from '../core/model.ts';
import {accountsAt} from '../core/reading-at.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {toAscii} from '../view/context.ts';
import {failureLine, noteText, remedyText, windowLabel} from '../view/format/labels.ts';
import {hideIdentities} from '../view/format/privacy.ts';
import {amountText} from '../view/format/quantity.ts';
import {ageAgo} from '../view/format/time.ts';
import {percent, remaining, usageText} from '../view/format/use.ts';
import {resetWords} from '../view/rows/window.ts';
import {endpointIn, nothingTexts, type TextOptions} from './text.ts';

/** A sentence for every limit and every failure, each complete by itself: no columns, no bars, no colours. */
export function plainLines(state: MonitorState, options: TextOptions): string[] {
  const accounts = accountsAt(options.privacy ? hideIdentities(state) : state, options.now);
  const lines =
    accounts.length === 0
      ? [...nothingTexts(options)]
      : accounts.flatMap(account => accountSentences(account, endpointIn(state, account), options));
  return options.ascii ? lines.map(toAscii) : lines;
}

function accountSentences(account: AccountState, endpoint: string | undefined, options: TextOptions): string[] {
  const {strings, names, now} = options;
  const {reading, readAt, failure} = account;
  const who = [names[account.provider] ?? account.provider, sanitize(account.label, 200), reading?.plan ?? '']
    .filter(Boolean)
    .join(', ');
  const told = [
    ...(endpoint === undefined ? [] : [strings.panel.endpoint(endpoint)]),
    ...(reading?.windows ?? []).map(window => windowSentence(window, account, options)),
    ...(reading?.amounts ?? []).map(amount => `${strings.amounts[amount.id]}: ${amountText(amount, strings)}`),
    ...(reading?.notes ?? []).map(note => noteText(note, now, strings, options)),
    ...(failure === null ? [] : [failureLine(failure, strings)]),
  ];
  const cure = reading?.remedy === undefined ? [] : [remedyText(reading.remedy, strings)];
  const empty = [readAt === null ? strings.states.noReading : strings.panel.noWindows, ...cure];
  return (told.length === 0 ? empty : told).map(sentence => `${who}: ${sentence}`);
}

/** '5-hour limit 62% used, resets in 2h 13m, read 4m ago'. */
function windowSentence(window: Window, account: AccountState, options: TextOptions): string {
  const {strings, now, thresholds} = options;
  const parts = [
    `${windowLabel(window.id, strings)} ${usageSentence(window, options)}`,
    severityOf(window, thresholds) === 'over' ? strings.states.over : '',
    resetWords(window, options),
    strings.panel.age(ageAgo(account.readAt, now, strings)),
  ];
  return parts.filter(Boolean).join(', ');
}

function usageSentence({use}: Window, {show, strings}: TextOptions): string {
  if (use.state !== 'known') return usageText(use, show, strings);
  return show === 'used'
    ? strings.panel.used(percent(use.usedPercent))
    : strings.panel.left(remaining(use.usedPercent));
}
