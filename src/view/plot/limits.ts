import type {AccountState, Window} from '../../core/model.ts';
import {windowsOf} from '../rows/account-parts.ts';
import {type PanelModel, tightestOf} from '../rows/panel.ts';

/** Limits that have a history: which of a panel's there are, and which is meant. */

export type Limit = {panel: PanelModel; account: AccountState; window: Window};

/** Of every account in its order. An unlimited one tells no use. */
const limitsOf = (panel: PanelModel): Limit[] =>
  panel.accounts.flatMap(account =>
    windowsOf(account)
      .filter(({use}) => use.state !== 'unlimited')
      .map(window => ({panel, account, window})),
  );

/** By what it is remembered. */
export const nameOf = ({account, window}: Limit): string => `${account.key}\n${window.id}`;

/** The one that was chosen, else the tightest; undefined where there is none. */
export function limitOf(panel: PanelModel, chosen: string | undefined): Limit | undefined {
  const all = limitsOf(panel);
  const tightest = tightestOf(panel);
  return (
    all.find(limit => nameOf(limit) === chosen) ??
    all.find(({account, window}) => account === tightest?.account && window === tightest.window) ??
    all[0]
  );
}

/** So many places after it, around the end. */
export function limitAfter(limit: Limit, by: 1 | -1): Limit {
  const all = limitsOf(limit.panel);
  const at = all.findIndex(each => nameOf(each) === nameOf(limit));
  return all[(at + by + all.length) % all.length] ?? limit;
}
