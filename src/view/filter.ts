import {outcomeOf, type Severity, severityOf} from '../core/health.ts';
import type {AccountState, Window} from '../core/model.ts';
import {usageText} from './format.ts';
import {outcomeText} from './labels.ts';
import {type Look, marksOf, severityMark} from './look.ts';
import type {PanelModel} from './panel.ts';

/** The panels with those accounts that match every word of the filter; all of them without one. */
export function filtered(panels: readonly PanelModel[], filter: string, look: Look): PanelModel[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...panels];
  return panels.flatMap(panel => {
    const accounts = panel.accounts.filter(each => {
      const text = searchable(panel, each, look);
      return words.every(word => text.includes(word));
    });
    return accounts.length > 0 ? [{...panel, accounts}] : [];
  });
}

/** Everything that the filter looks at, in small letters: names, status and figures, as codes, in words and as they are drawn. */
function searchable(panel: PanelModel, account: AccountState, look: Look): string {
  const outcome = outcomeOf(account);
  const status = [outcome, outcomeText(outcome, look.strings), account.failure ? marksOf(look).failed : ''];
  const figures = (account.reading?.windows ?? []).flatMap(window => figureWords(window, look));
  return [panel.info.id, panel.info.name, account.label, account.reading?.plan ?? '', ...status, ...figures]
    .join('\n')
    .toLowerCase();
}

const figureWords = (window: Window, look: Look): string[] => [
  usageText(window.use, look.show, look.strings),
  ...severityWords(severityOf(window, look.thresholds), look),
];

/** Beside the word its mark, the ASCII one too: it is easier to type. What is over a limit is critical as well. */
function severityWords(severity: Severity, look: Look): string[] {
  const words = look.strings.severities;
  switch (severity) {
    case 'ok':
    case 'none':
      return [];
    case 'warn':
      return ['warn', words.warn, severityMark('warn', true)];
    case 'critical':
      return ['critical', words.critical, severityMark('critical', true), severityMark('critical', false)];
    case 'over':
      return ['over', words.over, ...severityWords('critical', look)];
  }
}
