import {createForecasts} from '../core/foresight/forecasts.ts';
import {accountAt} from '../core/reading-at.ts';
import {enabledProviders} from '../core/settings.ts';
import {forecastJson, forecastRows, forecastText} from '../output/forecast-report.ts';
import {known} from '../providers/known.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import {readSettings} from '../system/settings/file.ts';
import type {Asked} from './args/parse.ts';
import {lookAtLedger} from './ledger-look.ts';
import {complain, print} from './output.ts';

const nothingRead = 3;

/** What the last readings in the ledger lead to. */
export async function forecastLedger(asked: Asked): Promise<number> {
  const {env, platform} = process;
  const {configDirectory, stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  const {settings} = await readSettings(configDirectory, known);
  const ledger = await lookAtLedger(settings, stateDirectory, 0);
  try {
    const now = Date.now();
    const wanted = [...known.providers, ...settings.customProviders].filter(
      ({id}) => asked.providers?.includes(id) ?? true,
    );
    const read = ledger.rows().filter(({key}) => !settings.hidden.includes(key));
    const inOrder = enabledProviders(wanted, settings).flatMap(({id}) => read.filter(row => row.provider === id));
    const accounts = inOrder.map(row => accountAt(row, now));
    const {enabled} = settings.history;
    const forecastOf = createForecasts(
      account => (enabled ? ledger.history(0, account) : []),
      now,
      account => (enabled ? ledger.forecastsOf(account) : []),
    );
    const rows = forecastRows(accounts, forecastOf);
    if (rows.length === 0) complain('the ledger has no reading');
    return await print(
      asked.has('json') ? forecastJson(rows, now) : forecastText(rows, now),
      rows.length === 0 ? nothingRead : 0,
    );
  } finally {
    ledger.close();
  }
}
