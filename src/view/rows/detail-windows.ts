import {paceOf} from '../../core/health.ts';
import type {AccountState, Window} from '../../core/model.ts';
import {hasReset} from '../../core/reading-at.ts';
import type {ViewContext} from '../context.ts';
import {cellWidth, padEnd} from '../format/cells.ts';
import {windowLabel, windowShortLabel} from '../format/labels.ts';
import {outlookSentence} from '../format/outlook.ts';
import {absoluteText, shareText} from '../format/quantity.ts';
import {dateTime} from '../format/time.ts';
import {percent, useText as textOfUse} from '../format/use.ts';
import {isStale} from './account-parts.ts';
import {bar} from './bar.ts';
import {blank, type Line, span, spread, wrapped} from './line.ts';
import {barOf, markCells, markSpan, outlookTone, resetWords, valueCells, valueSpan} from './window.ts';

/** The windows of one account in full: absolute counts, pace, parts. */

export function windowLines(account: AccountState, width: number, context: ViewContext): Line[] {
  return (account.reading?.windows ?? []).flatMap((window, index) => [
    ...(index > 0 ? [blank] : []),
    ...oneWindow(window, isStale(account, context), width, context),
  ]);
}

function oneWindow(window: Window, stale: boolean, width: number, context: ViewContext): Line[] {
  const value = valueCells(window, context);
  const drawn: Line = [
    ...bar(barOf(window, context), Math.max(4, width - 1 - value - markCells), {glyphs: context.glyphs, stale}),
    span(' '),
    valueSpan(window, context, stale, value),
    markSpan(window, context, stale),
  ];
  const said = windowFacts(window, context);
  const outlook = outlookSentence(window, context);
  return [
    titleLine(window, width, context),
    drawn,
    ...(outlook === '' ? [] : wrapped(outlook, width, outlookTone(window.outlook))),
    ...(said === '' ? [] : wrapped(said, width, 'dim')),
    ...shareLines(window, width, context),
  ];
}

/** Label and reset; with less room the short label, then without the time of day. */
function titleLine(window: Window, width: number, context: ViewContext): Line {
  const {strings} = context;
  const [label, short] = [windowLabel(window.id, strings), windowShortLabel(window.id, strings)];
  const [reset = '', words = ''] = resetTexts(window, context);
  const ways = [
    [label, reset],
    [short, reset],
    [label, words],
    [short, words],
  ] as const;
  const [left, right] = ways.find(([name, when]) => cellWidth(name) + 1 + cellWidth(when) <= width) ?? [short, words];
  return spread([span(left), span(' ')], [span(right, 'dim')], width);
}

/** 'resets in 2h 13m · 11:13', and without the time. */
function resetTexts(window: Window, context: ViewContext): string[] {
  const {strings, now} = context;
  const notStarted = window.use.state === 'not-started' ? strings.states.notStarted : '';
  if (window.resetsAt === null) return [notStarted, notStarted];
  const words = resetWords(window, context);
  return [`${words} · ${dateTime(window.resetsAt, now, strings, context.clock)}`, words];
}

function windowFacts(window: Window, context: ViewContext): string {
  const {strings} = context;
  const {use} = window;
  const pace = paceOf(window, context.now);
  return [
    use.state === 'known'
      ? `${textOfUse(use, 'used', strings)} ${strings.states.used} · ${textOfUse(use, 'left', strings)} ${strings.states.left}`
      : '',
    use.state === 'unknown' && !hasReset(window) ? strings.detail.why(use.why) : '',
    use.state === 'unlimited' ? strings.states.unlimited : '',
    use.state === 'not-started' ? strings.states.notStarted : '',
    absoluteText(window, strings) ?? '',
    pace === null ? '' : strings.panel.resetPace(percent(Math.round(pace))),
    window.limitFrom === 'plan-table' ? strings.panel.planTable : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The parts of a window's use, largest first, with a bar of what each is of the whole. */
function shareLines(window: Window, width: number, context: ViewContext): Line[] {
  const shares = [...(window.shares ?? [])].sort((a, b) => b.value - a.value);
  if (shares.length === 0) return [];
  const total = shares.reduce((sum, share) => sum + Math.max(0, share.value), 0);
  const names = Math.min(Math.max(...shares.map(share => cellWidth(share.name))), Math.floor(width * 0.4));
  return shares.map(share => {
    const fraction = total > 0 ? Math.max(0, share.value) / total : 0;
    const room = Math.max(0, Math.min(20, width - names - 24));
    const drawn =
      room >= 4
        ? bar({state: 'known', fraction, elapsed: null, tone: 'accent'}, room, {glyphs: context.glyphs, stale: false})
        : [];
    return [
      span('  '),
      span(padEnd(share.name, names), 'dim'),
      span('  '),
      ...drawn,
      span('  '),
      span(shareText(share, context.strings)),
    ];
  });
}
