import {outcomeOf, type Severity, severityOf} from '../core/health.ts';
import type {AccountState, Window} from '../core/model.ts';
import {marksOf, severityMark, type ViewContext} from './context.ts';
import {outcomeText} from './format/labels.ts';
import {usageText} from './format/use.ts';
import type {PanelModel} from './rows/panel.ts';

/** The panels with those accounts that match every word of the filter; all of them without one. */
export function filtered(panels: readonly PanelModel[], filter: string, context: ViewContext): PanelModel[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...panels];
  return panels.flatMap(panel => {
    const accounts = panel.accounts.filter(each => {
      const text = searchable(panel, each, context);
      return words.every(word => text.includes(word));
    });
    return accounts.length > 0 ? [{...panel, accounts}] : [];
  });
}

/** Everything that the filter looks at, in small letters: names, status and figures, as codes, in words and as they are drawn. */
function searchable(panel: PanelModel, account: AccountState, context: ViewContext): string {
  const outcome = outcomeOf(account);
  const status = [outcome, outcomeText(outcome, context.strings), account.failure ? marksOf(context).failed : ''];
  const figures = (account.reading?.windows ?? []).flatMap(window => figureWords(window, context));
  return [panel.info.id, panel.info.name, account.label, account.reading?.plan ?? '', ...status, ...figures]
    .join('\n')
    .toLowerCase();
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
