import {marksOf, severityMark, type ViewContext} from '../context.ts';
import type {Tone} from '../theme/theme.ts';
import type {Alarm, PanelRow} from './account-parts.ts';
import {joined, type Line, span} from './line.ts';

/** How many rows are out of view, and how bad they are. */

export type Alarms = Readonly<Record<Alarm, number>>;
export type Hidden = {above: number; below: number; alarms?: {above: Alarms; below: Alarms}};

const kinds: readonly Alarm[] = ['critical', 'failed', 'warn'];
const toneOf = {critical: 'critical', failed: 'critical', warn: 'warn'} as const satisfies Record<Alarm, Tone>;

export const alarmsOf = (rows: readonly PanelRow[]): Alarms => ({
  critical: rows.filter(({alarm}) => alarm === 'critical').length,
  failed: rows.filter(({alarm}) => alarm === 'failed').length,
  warn: rows.filter(({alarm}) => alarm === 'warn').length,
});

/** '▲ 3 ▼ 11, 2‼ 1✗'; nothing when nothing is hidden. */
export function hiddenRows({above, below, alarms}: Hidden, context: ViewContext): Line {
  const {up, down} = marksOf(context);
  return joined([side(up, above, alarms?.above, context), side(down, below, alarms?.below, context)], span(' '));
}

function side(arrow: string, rows: number, alarms: Alarms | undefined, context: ViewContext): Line {
  if (rows === 0) return [];
  const bad = kinds.filter(kind => (alarms?.[kind] ?? 0) > 0);
  const counts = bad.map((kind): Line => [span(`${alarms?.[kind]}${alarmMark(kind, context)}`, toneOf[kind])]);
  return [span(`${arrow} ${rows}${bad.length > 0 ? ', ' : ''}`, 'dim'), ...joined(counts, span(' '))];
}

/** The mark of what makes a row bad: '‼', '✗', '!'. */
export const alarmMark = (alarm: Alarm, context: ViewContext): string =>
  alarm === 'failed' ? marksOf(context).failed : severityMark(alarm, context.ascii);
