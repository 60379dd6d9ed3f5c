import {createForecasts} from '../core/foresight/forecasts.ts';
import type {Ledger, LedgerRow} from '../core/ledger.ts';
import {enabledProviders, type Language, optionText, type Settings} from '../core/settings.ts';
import {renderStatusline, TemplateError} from '../output/statusline.ts';
import {known} from '../providers/known.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import {readSettings} from '../system/settings/file.ts';
import {absenceIn, absenceLines, usualKeys} from '../view/rows/absence.ts';
import {en} from '../view/strings/en.ts';
import type {Strings} from '../view/strings/index.ts';
import {languageOf} from '../view/strings/locale.ts';
import {englishWith} from '../view/strings/providers.ts';
import type {Asked} from './args/parse.ts';
import {UsageError} from './args/usage-error.ts';
import {lookAtLedger} from './ledger-look.ts';
import {complain, print} from './output.ts';
import {lookOf} from './statusline-look.ts';

/** What was used longer ago teaches nothing. */
const learnableMs = 64 * 24 * 3_600_000;

/** One line from what the running copies wrote down. Never the network; a credential only to tell whose handed figures are. */
export async function runStatusline(asked: Asked): Promise<number> {
  const {env, platform} = process;
  const {configDirectory, stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  const {settings} = await readSettings(configDirectory, known);
  const ledger = await lookAtLedger(settings, stateDirectory);
  try {
    const handed = await handedRow(asked, settings, ledger, stateDirectory);
    const read = ledger.rows().filter(({key}) => key !== handed?.key);
    const rows = [...read, ...(handed ? [handed] : [])].filter(({key}) => !settings.hidden.includes(key));
    return await printLine(rows, settings, ledger, asked);
  } catch (error) {
    if (error instanceof TemplateError) throw new UsageError(error.message);
    throw error;
  } finally {
    ledger.close();
  }
}

async function printLine(
  rows: readonly LedgerRow[],
  settings: Settings,
  ledger: Pick<Ledger, 'history' | 'forecastsOf'>,
  asked: Asked,
): Promise<number> {
  const all = [...known.providers, ...settings.customProviders];
  const wanted = all.filter(({id}) => asked.providers?.includes(id) ?? true);
  const shown = enabledProviders(wanted, settings);
  const inOrder = shown.flatMap(({id}) => rows.filter(({provider}) => provider === id));
  const line = renderStatusline(inOrder, {
    ...lookOf(asked),
    now: Date.now(),
    thresholds: settings.thresholds,
    privacy: settings.display.privacy || asked.has('privacy'),
    strings: await wordsFor(settings.display.language, asked),
    forecastOf: createForecasts(
      account => (settings.history.enabled ? ledger.history(Date.now() - learnableMs, account) : []),
      Date.now(),
      account => (settings.history.enabled ? ledger.forecastsOf(account) : []),
    ),
    names: Object.fromEntries(all.map(({id, name}) => [id, name])),
  });
  complainOfAbsent(wanted, shown, inOrder, settings.hidden, asked.providers);
  return print(`${line}\n`);
}

/** The account whose figures stand on standard input, when that is where they come from. */
async function handedRow(
  asked: Asked,
  settings: Settings,
  ledger: Pick<Ledger, 'row'>,
  stateDirectory: string,
): Promise<LedgerRow | null> {
  const {stdin} = lookOf(asked);
  if (stdin === undefined) return null;
  const [{catalogue, pathVariables}, {readStdin}, {keepHanded}, {createMachine}] = await Promise.all([
    import('../providers/index.ts'),
    import('./read-stdin.ts'),
    import('./handed-figures.ts'),
    import('../system/machine.ts'),
  ]);
  const provider = enabledProviders(catalogue, settings).find(({handed}) => handed?.name === stdin);
  if (provider?.handed === undefined) return null;
  const setting = (id: string, name: string): string | undefined => optionText(settings, id, name);
  return keepHanded(
    {provider, handed: provider.handed, text: await readStdin()},
    {
      machine: createMachine({env: process.env, pathVariables, setting}),
      stateDirectory,
      rowOf: ledger.row,
      keepsHistory: settings.history.enabled,
      isHidden: key => settings.hidden.includes(key),
    },
  );
}

type Named = {id: string; name: string};

/** Beside the line, which stays what it is: a bar must not change its form because of this. */
function complainOfAbsent(
  wanted: readonly Named[],
  shown: readonly Named[],
  rows: readonly LedgerRow[],
  hidden: readonly string[],
  named: readonly string[] | undefined,
): void {
  const providers = shown.map(({id}) => ({
    id,
    accounts: rows.filter(({provider}) => provider === id),
    hidden: hidden.filter(key => key.startsWith(`${id}:`)).length,
  }));
  const disabled = wanted.flatMap(({id}) => (shown.some(each => each.id === id) ? [] : [id]));
  for (const line of absenceLines(absenceIn({providers, disabled}, wanted, named), usualKeys, en)) complain(line);
}

/** English is built in; the other languages are loaded only for those who read them. */
async function wordsFor(wanted: Language | 'auto', asked: Asked): Promise<Strings> {
  const language = languageOf((asked.text('lang') as Language | undefined) ?? wanted, process.env);
  if (language === 'en') return englishWith(known.providers);
  const {stringsFor} = await import('../view/strings/index.ts');
  return stringsFor(language, known.providers);
}
