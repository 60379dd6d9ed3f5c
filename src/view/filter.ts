import {outcomeOf, type Severity, severityOf, usedOf} from '../core/health.ts';
import type {AccountState, Window} from '../core/model.ts';
import {marksOf, severityMark, type ViewContext} from './context.ts';
import {comparable, type FilterState, type FilterTerm, termsOf} from './filter-terms.ts';
import {outcomeText} from './format/labels.ts';
import {leftPercent, usageText} from './format/use.ts';
import {isClose} from './fuzzy.ts';
import {isStale, windowsOf} from './rows/account-parts.ts';
import type {PanelModel} from './rows/panel.ts';

/** The panels with those accounts for which every term of the filter holds; all of them without one. */
export function filtered(panels: readonly PanelModel[], filter: string, context: ViewContext): PanelModel[] {
  const {strings} = context;
  const terms = termsOf(filter, {fields: strings.filter.fields, states: strings.filter.states});
  if (terms.length === 0) return [...panels];
  return panels.flatMap(panel => {
    const accounts = panel.accounts.filter(each => terms.every(term => holds(term, panel, each, context) !== term.not));
    return accounts.length > 0 ? [{...panel, accounts}] : [];
  });
}

export const accountCount = (panels: readonly PanelModel[]): number =>
  panels.reduce((sum, {accounts}) => sum + accounts.length, 0);

/** Whether the term holds, whatever stands before it. */
function holds(term: FilterTerm, panel: PanelModel, account: AccountState, context: ViewContext): boolean {
  switch (term.kind) {
    case 'word':
      return matchesWord(term, panel, account, context);
    case 'state':
      // Somebody may have called an account so.
      return isIn(term.state, account, context) || hasPart(namesOf(panel, account), term.text);
    case 'figure':
      return windowsOf(account).some(window => isBeyond(window, term, context));
    case 'field':
      return fieldTexts(panel, account)[term.field].some(text => isClose(term.text, comparable(text)));
  }
}

const fieldTexts = ({info}: PanelModel, account: AccountState) => ({
  provider: [info.id, info.name],
  account: [account.label],
  plan: account.reading?.plan ? [account.reading.plan] : [],
});
const namesOf = (panel: PanelModel, account: AccountState): string[] =>
  Object.values(fieldTexts(panel, account)).flat();
const hasPart = (texts: readonly string[], wanted: string): boolean =>
  texts.some(text => comparable(text).includes(wanted));

type Word = Extract<FilterTerm, {kind: 'word'}>;

/** Names may be written roughly; of what else is on screen, and in quotes, each letter counts. */
function matchesWord({text, quoted}: Word, panel: PanelModel, account: AccountState, context: ViewContext): boolean {
  const names = namesOf(panel, account);
  if (hasPart([...names, ...saidOf(account, context)], text)) return true;
  return !quoted && names.some(name => isClose(text, comparable(name)));
}

/** Status and figures, as codes, in words and as they are drawn. */
function saidOf(account: AccountState, context: ViewContext): string[] {
  const outcome = outcomeOf(account);
  const failed = account.failure ? marksOf(context).failed : '';
  return [
    outcome,
    outcomeText(outcome, context.strings),
    failed,
    ...windowsOf(account).flatMap(window => figureWords(window, context)),
  ];
}

const figureWords = (window: Window, context: ViewContext): string[] => [
  usageText(window.use, context.show, context.strings),
  ...severityWords(severityOf(window, context.thresholds), context),
];

/** Beside the word its mark, the ASCII one too: it is easier to type. What is over a limit is critical as well. */
function severityWords(severity: Severity, context: ViewContext): string[] {
  const words = context.strings.severities;
  switch (severity) {
    case 'ok':
    case 'none':
      return [];
    case 'warn':
      return ['warn', words.warn, severityMark('warn', true)];
    case 'critical':
      return ['critical', words.critical, severityMark('critical', true), severityMark('critical', false)];
    case 'over':
      return ['over', words.over, ...severityWords('critical', context)];
  }
}

/** Compared is what the screen shows: what is used, or what is left. */
function isBeyond(
  window: Window,
  {sign, percent}: Extract<FilterTerm, {kind: 'figure'}>,
  {show}: ViewContext,
): boolean {
  const used = usedOf(window);
  if (used === null) return false;
  const shown = show === 'used' ? used : leftPercent(used);
  switch (sign) {
    case '>':
      return shown > percent;
    case '>=':
      return shown >= percent;
    case '<':
      return shown < percent;
    case '<=':
      return shown <= percent;
  }
}

function isIn(state: FilterState, account: AccountState, context: ViewContext): boolean {
  const severities = (): Severity[] => windowsOf(account).map(window => severityOf(window, context.thresholds));
  switch (state) {
    case 'failed':
      return account.failure !== null;
    case 'ok':
      return outcomeOf(account) === 'ok' && severities().every(each => each === 'ok' || each === 'none');
    case 'critical':
      return severities().some(each => each === 'critical' || each === 'over');
    case 'warn':
    case 'over':
      return severities().includes(state);
    case 'stale':
      return isStale(account, context);
    case 'unlimited':
    case 'unknown':
      return windowsOf(account).some(({use}) => use.state === state);
  }
}
