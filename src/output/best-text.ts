import type {Outlook} from '../core/foresight/outlook.ts';
import type {AccountState, MonitorState, Window} from '../core/model.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {failureText} from '../view/format/labels.ts';
import {chanceText, timeToRunOut} from '../view/format/outlook.ts';
import {hideIdentities} from '../view/format/privacy.ts';
import {amountText} from '../view/format/quantity.ts';
import {ageAgo, resetsIn} from '../view/format/time.ts';
import {percent} from '../view/format/use.ts';
import {en} from '../view/strings/en.ts';
import {type BestOptions, type Ranked, rankedAccounts} from './best.ts';
import {type Report, type ReportAccount, rounded} from './report.ts';

/** `best` as it is printed. */

/** `remainingPercent`: of `tightest`; 100 where it is unlimited or not started, null where it is unknown. */
type RankedAccount = ReportAccount & {rank: number; tightest: string | null; remainingPercent: number | null};
export type BestReport = Omit<Report, 'accounts'> & {accounts: RankedAccount[]};

/** The accounts of the report in the order of their rank. */
export function bestReport(report: Report, ranking: readonly Ranked[]): BestReport {
  const accounts = ranking.flatMap(({account, window, left}, at) => {
    const found = report.accounts.find(each => each.account === account.key);
    const standing = {rank: at + 1, tightest: window?.id ?? null, remainingPercent: remainingOf(left)};
    return found === undefined ? [] : [{...found, ...standing}];
  });
  return {...report, accounts};
}

const remainingOf = (left: number | null): number | null => (left === Number.POSITIVE_INFINITY ? 100 : rounded(left));

/** A line for each account, the best first. */
export const bestText = (state: MonitorState, options: BestOptions & {privacy: boolean}): string =>
  rankedAccounts(options.privacy ? hideIdentities(state) : state, options)
    .map(ranked => `${lineOf(ranked, options.now)}\n`)
    .join('');

function lineOf(ranked: Ranked, now: number): string {
  const {account, window} = ranked;
  const name = [account.key, account.label, window?.id ?? ''].filter(Boolean).join(' ');
  const {failure, readAt} = account;
  const parts = [
    leftText(ranked),
    window === null ? '' : resetText(window, now),
    outlookText(window?.outlook, now),
    failure === null || readAt === null ? '' : `read ${ageAgo(readAt, now, en)}`,
    failure === null ? '' : failureText(failure, en),
  ];
  return sanitize(`${name}: ${parts.filter(Boolean).join(', ')}`, 500);
}

function leftText({account, window, left}: Ranked): string {
  if (left === Number.POSITIVE_INFINITY) return 'unlimited';
  if (left !== null) return `${percent(left)} left`;
  const amounts = account.reading?.amounts ?? [];
  if (window === null && amounts.length > 0) return amounts.map(named).join(', ');
  return account.failure === null ? 'unknown' : '';
}

const named = (amount: NonNullable<AccountState['reading']>['amounts'][number]): string =>
  `${en.amounts[amount.id]} ${amountText(amount, en)}`;

const resetText = ({resetsAt}: Window, now: number): string => resetsIn(resetsAt, now, en);

function outlookText(outlook: Outlook | undefined, now: number): string {
  switch (outlook?.verdict) {
    case 'runs-out':
      return `runs out in ${timeToRunOut(outlook, now, en)} (chance ${chanceText(outlook, en)})`;
    case 'may-run-out':
      return `may run out (chance ${chanceText(outlook, en)})`;
    case 'likely-lasts':
    case 'lasts':
      return 'lasts';
    case 'spent':
    case 'too-early':
    case undefined:
      return '';
  }
}
