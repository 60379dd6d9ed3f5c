import type {SeriesHistory} from '../core/ledger.ts';
import type {Settings} from '../core/settings.ts';
import {historyCsv, historyJson, historyRows, sinceOf} from '../output/history.ts';
import {known} from '../providers/known.ts';
import {forgetHistoryIn} from '../system/ledger/ledger.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import {readSettings} from '../system/settings/file.ts';
import {type Asked, UsageError} from './args/parse.ts';
import {forgetInDatabase, lookAtLedger} from './ledger-look.ts';
import {complain, print} from './output.ts';

/** How limits were used, as the ledger has it; or the end of it. No network, no credential. */
export async function runHistory(asked: Asked): Promise<number> {
  const {env, platform} = process;
  const {configDirectory, stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  if (asked.has('forget')) return forget(asked, configDirectory, stateDirectory);
  if (asked.argument !== undefined) throw new UsageError(`to pick an account: --account ${asked.argument}`);
  if (asked.has('csv') && asked.has('json')) throw new UsageError('--csv or --json, not both');
  const since = sinceIn(asked);
  const {settings} = await readSettings(configDirectory, known);
  if (!settings.history.enabled) complain('history is switched off (history.enabled in config.json)');
  const all = settings.history.enabled ? await read(settings, stateDirectory, since) : [];
  const rows = historyRows(all, settings.display.privacy || asked.has('privacy'), series => isMeant(series, asked));
  return print(asked.has('json') ? historyJson(rows) : historyCsv(rows));
}

function sinceIn(asked: Asked): number {
  const text = asked.text('since');
  const since = text === undefined ? 0 : sinceOf(text, Date.now());
  if (since === null) throw new UsageError(`--since needs a time such as 12h, 30d, 8w or 2026-03-01, not "${text}"`);
  return since;
}

async function read(settings: Settings, directory: string, since: number): Promise<SeriesHistory[]> {
  const ledger = await lookAtLedger(settings, directory, since);
  try {
    return ledger.history(since);
  } finally {
    ledger.close();
  }
}

const isMeant = ({account, window}: SeriesHistory, asked: Asked): boolean =>
  (asked.providers?.includes(account.split(':')[0] ?? '') ?? true) &&
  account === (asked.text('account') ?? account) &&
  window === (asked.text('window') ?? window);

/** An account that has no history may be mistyped: what is named and not there is said. */
async function forget(asked: Asked, configDirectory: string, directory: string): Promise<number> {
  if (['csv', 'json', 'since', 'provider', 'window'].some(flag => asked.has(flag as 'csv')))
    throw new UsageError('--forget takes an account, or nothing for all of them');
  const account = asked.argument ?? asked.text('account');
  const {settings} = await readSettings(configDirectory, known);
  const isThere = async (): Promise<boolean> =>
    (await read(settings, directory, 0)).some(series => series.account === (account ?? series.account));
  if (!(await isThere()))
    return complain(account === undefined ? 'there is no history' : 'there is no history of that account');
  await forgetInDatabase(settings, account);
  forgetHistoryIn(directory, account);
  if (await isThere()) return complain('not forgotten: state.db cannot be written', 1);
  return print(`Forgot the history of ${account ?? 'all accounts'}.\n`);
}
