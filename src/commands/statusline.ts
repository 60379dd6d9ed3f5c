import type {Asked} from '../command-line/parse.ts';
import {UsageError} from '../command-line/parse.ts';
import {enabledProviders} from '../core/accounts.ts';
import type {Language} from '../core/settings.ts';
import {catalogue} from '../providers/index.ts';
import {type ColorMarkup, type Escape, renderStatusline, TemplateError} from '../surfaces/statusline.ts';
import {openLedgerReadOnly} from '../system/ledger-read-only.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import {readSettings} from '../system/settings.ts';
import type {Strings} from '../view/strings/index.ts';
import {languageOf} from '../view/strings/locale.ts';
import {print} from './output.ts';

/** One line from what the running copies wrote down. Never the network, never a credential. */
export async function runStatusline(asked: Asked): Promise<number> {
  const {env, platform} = process;
  const {configDirectory, stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  const {settings} = readSettings(configDirectory);
  const ledger = openLedgerReadOnly(stateDirectory);
  try {
    const rows = ledger.rows().filter(row => !settings.hidden.includes(row.key));
    const shown = enabledProviders(catalogue, settings).filter(({id}) => asked.providers?.includes(id) ?? true);
    const inOrder = shown.flatMap(({id}) => rows.filter(({provider}) => provider === id));
    const line = renderStatusline(inOrder, {
      format: asked.text('format'),
      now: Date.now(),
      thresholds: settings.thresholds,
      privacy: settings.display.privacy || asked.has('privacy'),
      color: (asked.text('color') as ColorMarkup | undefined) ?? 'none',
      reader: (asked.text('escape') as Escape | undefined) ?? 'none',
      strings: await wordsFor(settings.display.language, asked),
      names: Object.fromEntries(catalogue.map(({id, name}) => [id, name])),
    });
    return await print(`${line}\n`);
  } catch (error) {
    if (error instanceof TemplateError) throw new UsageError(error.message);
    throw error;
  } finally {
    ledger.close();
  }
}

/** English is built in; the other languages are loaded only for those who read them. */
async function wordsFor(wanted: Language | 'auto', asked: Asked): Promise<Strings | undefined> {
  const language = languageOf((asked.text('lang') as Language | undefined) ?? wanted, process.env);
  if (language === 'en') return undefined;
  const {stringsFor} = await import('../view/strings/index.ts');
  return stringsFor(language);
}
