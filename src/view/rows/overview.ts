import {severityOf, tightestWindow} from '../../core/health.ts';
import type {AccountState, Window} from '../../core/model.ts';
import {hasReset} from '../../core/reading-at.ts';
import type {ProviderInfo} from '../../core/services.ts';
import type {ViewContext} from '../context.ts';
import {cut} from '../format/cells.ts';
import {briefName, windowShortLabel} from '../format/labels.ts';
import {outlookWays} from '../format/outlook.ts';
import {briefCountdown} from '../format/time.ts';
import {type Alarm, isStale, windowsOf} from './account-parts.ts';
import {alarmMark} from './hidden.ts';
import {joined, type Line, span} from './line.ts';
import type {PanelModel} from './panel.ts';
import {markSpan, valueCells, valueSpan} from './value.ts';
import {outlookTone} from './window.ts';

/** All logins in a few words: how many are how well, which limit is tightest, and what resets next. */

/** From the longest way to say it to the shortest, which says nothing. */
export function overviewWays(panels: readonly PanelModel[], brief: boolean, context: ViewContext): Line[][] {
  const [counts = [], short = []] = countWays(panels, context);
  const [worded = [], whole = [], named = [], cutName = [], unnamed = [], figures = []] = tightestWays(panels, context);
  const [next = [], time = []] = nextWays(panels, context);
  const ways = [
    [counts, worded, next],
    [counts, whole, next],
    [counts, named, next],
    [counts, named, time],
    [counts, cutName, time],
    [counts, cutName],
    [short, cutName],
    [short, unnamed],
    [short, figures],
    [figures],
    [],
  ];
  return ways.slice(brief ? firstBrief : 0).map(parts => parts.filter(part => part.length > 0));
}
// What has to be said beside it comes before the next reset.
const firstBrief = 5;

/** '5 logins: 1‼ 1✗ 1! 2 ok', and without their number. */
function countWays(panels: readonly PanelModel[], context: ViewContext): Line[] {
  const {header} = context.strings;
  const states = panels.flatMap(({accounts}) => accounts).map(account => stateOf(account, context));
  if (states.length === 0) return [];
  const count = (state: string): number => states.filter(each => each === state).length;
  const bad = (['critical', 'failed', 'warn'] as const).filter(alarm => count(alarm) > 0);
  const said = bad.map(
    (alarm): Line => [span(`${count(alarm)}${alarmMark(alarm, context)}`, alarm === 'warn' ? 'warn' : 'critical')],
  );
  const fine = count('ok') > 0 ? [[span(header.fine(count('ok')), 'dim')]] : [];
  const short = joined([...said, ...fine], span(' '));
  const total = span(`${header.logins(states.length)}${short.length > 0 ? ': ' : ''}`, 'dim');
  return [[total, ...short], short];
}

/** The worst of it; null while nothing is known. */
function stateOf(account: AccountState, {thresholds}: ViewContext): Alarm | 'ok' | null {
  if (account.failure) return 'failed';
  const severities = windowsOf(account).map(window => severityOf(window, thresholds));
  if (severities.some(each => each === 'critical' || each === 'over')) return 'critical';
  if (severities.includes('warn')) return 'warn';
  return account.reading === null ? null : 'ok';
}

/** 'tightest OpenAI anna@example.com 5h 62%', from the longest way to say it to the shortest. */
export function tightestWays(panels: readonly PanelModel[], context: ViewContext): Line[] {
  const found = tightestWindow(panels.flatMap(panel => panel.accounts));
  const panel = panels.find(each => each.info.id === found?.account.provider);
  if (!found || !panel) return [];
  const {window, account} = found;
  const stale = isStale(account, context);
  const mark = markSpan(window, context, stale);
  const figures: Line = [
    span(' '),
    valueSpan(window, context, stale, valueCells(window, context)),
    ...(mark.text.trim() === '' ? [] : [mark]),
  ];
  // Of several accounts the name of the provider alone says little.
  const whose = panel.accounts.length > 1 ? account.label : '';
  const label = span(` ${windowShortLabel(window.id, context.strings)}`, 'dim');
  const who = (provider: string, cells: number): Line => [
    span(provider),
    ...(whose === '' || cells === 0 ? [] : [span(` ${cut(whose, cells)}`)]),
  ];
  const whole = Number.POSITIVE_INFINITY;
  const brief = briefName(panel.info);
  const told = [...figures, ...outText(window, context)];
  return [
    [span(`${context.strings.header.tightest} `, 'dim'), ...who(panel.info.name, whole), label, ...told],
    [...who(panel.info.name, whole), label, ...told],
    [...who(brief, whole), label, ...told],
    [...who(brief, briefLabel), label, ...figures],
    [...who(brief, 0), label, ...figures],
    [...who(brief, 0), ...figures],
    figures.slice(1),
  ];
}
const briefLabel = 12;

/** ' out ~Thu 16:00': why it is the tightest one, where others have used more. */
function outText(window: Window, context: ViewContext): Line {
  if (window.outlook?.verdict !== 'runs-out') return [];
  const [text] = outlookWays(window, context);
  return text === undefined ? [] : [span(` ${text}`, outlookTone(window.outlook))];
}

/** 'next reset 1h00m Google', and without the provider. */
function nextWays(panels: readonly PanelModel[], context: ViewContext): Line[] {
  const first = soonestReset(panels, context.now);
  if (first === null) return [];
  const text = span(context.strings.header.nextReset(briefCountdown(first.at, context.now)), 'dim');
  return [[text, span(` ${briefName(first.info)}`, 'dim')], [text]];
}

function soonestReset(panels: readonly PanelModel[], now: number): {at: number; info: ProviderInfo} | null {
  let soonest: {at: number; info: ProviderInfo} | null = null;
  for (const {info, accounts} of panels)
    for (const window of accounts.flatMap(windowsOf)) {
      const {resetsAt, use} = window;
      const comes = resetsAt !== null && resetsAt > now && use.state !== 'unlimited' && !hasReset(window);
      if (comes && (soonest === null || resetsAt < soonest.at)) soonest = {at: resetsAt, info};
    }
  return soonest;
}
