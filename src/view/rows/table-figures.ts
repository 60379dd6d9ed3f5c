import {fullestWindow, tightestWindow} from '../../core/health.ts';
import type {AccountState, Window} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {noteText, windowShortLabel} from '../format/labels.ts';
import {amountText} from '../format/quantity.ts';
import {usageText} from '../format/use.ts';
import {rememberingEach} from '../sharing.ts';
import type {Strings} from '../strings/index.ts';
import {isStopped, notesOf, wholesOf, windowsOf} from './account-parts.ts';

/** Which figure of an account stands in which column of the table. */

export type Period = 'hours' | 'week' | 'month';
export const periods: readonly Period[] = ['hours', 'week', 'month'];

const hour = 3_600_000;
const day = 24 * hour;
const usual: Readonly<Record<Period, number>> = {hours: 5 * hour, week: 7 * day, month: 30 * day};

/** The column nearest in length; null for a limit without a length, and for one that is none. */
function periodOf(window: Window): Period | null {
  const length = window.windowMs ?? lengthOfId(window.id);
  if (window.use.state === 'unlimited' || length === null || !(length > 0)) return null;
  // By ratio: twice as long is as far as half as long.
  const distance = (period: Period): number => Math.abs(Math.log(length / usual[period]));
  return periods.reduce((nearest, each) => (distance(each) < distance(nearest) ? each : nearest));
}

const units: Readonly<Record<string, number>> = {m: hour / 60, h: hour, d: day};

function lengthOfId(id: string): number | null {
  const length = lengthIn(id);
  if (length === 'weekly') return usual.week;
  if (length === 'monthly') return usual.month;
  const [, count = '', unit = ''] = /^(\d+)([mhd])$/.exec(length) ?? [];
  const each = units[unit];
  return each === undefined ? null : Number(count) * each;
}

/** 'weekly' of 'spark/weekly'. */
export const lengthIn = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** The tightest window of the column, of several accounts the fullest; one without a figure where none has one. */
export const figureIn = (accounts: readonly AccountState[], period: Period): Window | null =>
  figuresOf(accounts)[period];

// The columns ask, and so does every cell.
const figuresOf = rememberingEach(
  (accounts: readonly AccountState[]): Readonly<Record<Period, Window | null>> => ({
    hours: findFigure(accounts, 'hours'),
    week: findFigure(accounts, 'week'),
    month: findFigure(accounts, 'month'),
  }),
);

function findFigure(accounts: readonly AccountState[], period: Period): Window | null {
  const of = accounts.map(account => windowsOf(account).filter(window => periodOf(window) === period));
  const readings = of.map(windows => ({reading: {plan: null, windows, amounts: [], notes: []}}));
  // Of several accounts it is a bound: the others have used less.
  const first = accounts.length === 1 ? tightestWindow(readings) : fullestWindow(readings);
  return first?.window ?? of.flat()[0] ?? null;
}

/** What has no column: that work has stopped, amounts, unlimited limits, limits without a length. */
export function otherTexts(account: AccountState, context: ViewContext): string[] {
  const {strings, now, clock} = context;
  const stop = isStopped(account) ? notesOf(account).slice(0, 1) : [];
  const credits = (account.reading?.notes ?? []).filter(({code}) => code === 'credits-unlimited');
  return [
    ...stop.map(note => noteText(note, now, strings, clock)),
    ...amountTexts(account, strings),
    ...credits.map(note => noteText(note, now, strings, clock)),
    ...unlimitedTexts(account, context),
    ...placeless(account).map(
      ({id, use}) => `${windowShortLabel(id, strings)} ${usageText(use, context.show, strings)}`,
    ),
  ];
}

const amountTexts = ({reading}: AccountState, strings: Strings): string[] =>
  wholesOf(reading?.amounts ?? []).map(amount =>
    amount.id === amount.unit
      ? amountText(amount, strings)
      : `${strings.amounts[amount.id]} ${amountText(amount, strings)}`,
  );

function unlimitedTexts(account: AccountState, {strings, ascii}: ViewContext): string[] {
  const names = windowsOf(account)
    .filter(({use}) => use.state === 'unlimited')
    .map(({id}) => windowShortLabel(id, strings));
  return names.length === 0 ? [] : [`${ascii ? 'inf' : '∞'} ${names.join(', ')}`];
}

const placeless = (account: AccountState): Window[] =>
  windowsOf(account).filter(window => window.use.state !== 'unlimited' && periodOf(window) === null);

/** The fullest window of all; null where none has a figure. */
export const worstOf = (accounts: readonly AccountState[]): Window | null => fullestWindow(accounts)?.window ?? null;
