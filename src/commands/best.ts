import {nothingToRank, rankedAccounts} from '../output/best.ts';
import {bestReport, bestText} from '../output/best-text.ts';
import {toReport} from '../output/report.ts';
import {englishWith} from '../view/strings/providers.ts';
import type {Asked} from './args/parse.ts';
import {complain, print} from './output.ts';
import {absentFrom, closeWhenInterrupted, complainOf, forecastsFrom, servicesFor, timeoutMsOf} from './program.ts';

const usualTimeoutMs = 30_000;
const nothingThere = 3;

/** Which account should the next job use? */
export async function runBest(asked: Asked): Promise<number> {
  const services = await servicesFor(asked, {ledger: true});
  closeWhenInterrupted(services);
  try {
    const maxAgeMs = (asked.number('max-age') ?? 0) * 1000;
    const state = await services.monitor.readOnce({timeoutMs: timeoutMsOf(asked, usualTimeoutMs), maxAgeMs});
    complainOf(services);
    for (const line of absentFrom(services)) complain(line);
    const {privacy} = services.settings.store.get().settings.display;
    const options = {
      now: services.now(),
      window: asked.text('window'),
      forecastOf: forecastsFrom(services),
      privacy,
    };
    const ranking = rankedAccounts(state, options);
    if (ranking.length === 0) complain(nothingToRank(state, options));
    const report = () => bestReport(toReport(state, {...options, words: englishWith(services.catalogue)}), ranking);
    const text = asked.has('json') ? `${JSON.stringify(report(), null, 2)}\n` : bestText(state, options);
    return await print(text, ranking.length === 0 ? nothingThere : 0);
  } finally {
    await services.close();
  }
}
