import type {ForecastOf} from '../core/foresight/forecasts.ts';
import type {MonitorState} from '../core/model.ts';
import type {Services} from '../core/services.ts';
import {exitCodeOf, reportText, toReport} from '../output/report.ts';
import {englishWith} from '../view/strings/providers.ts';
import type {Asked} from './args/parse.ts';
import {complain, print, wantsColor, widthOf} from './output.ts';
import {absentFrom, closeWhenInterrupted, complainOf, keptForecasts, servicesFor, timeoutMsOf} from './program.ts';

const usualTimeoutMs = 30_000;
const nothingFound = 3;
// Of a pipe, where nobody knows how wide the reader's page is.
const usualWidth = 80;

/** One reading of everything, as text or as JSON. */
export async function runOnce(asked: Asked): Promise<number> {
  const services = await servicesFor(asked, {ledger: true});
  closeWhenInterrupted(services);
  try {
    const timeoutMs = timeoutMsOf(asked, usualTimeoutMs);
    const state = await services.monitor.readOnce({timeoutMs, maxAgeMs: (asked.number('max-age') ?? 0) * 1000});
    return await answerOnce(asked, state, services);
  } finally {
    await services.close();
  }
}

/** Prints what is known, and returns its exit code. */
export async function answerOnce(asked: Asked, state: MonitorState, services: Services): Promise<number> {
  complainOf(services);
  const {privacy} = services.settings.store.get().settings.display;
  const now = services.now();
  const code = exitCodeOf(state);
  // In a table that is otherwise empty it stands in place of one.
  if (asked.has('json') || code !== nothingFound) for (const line of absentFrom(services)) complain(line);
  const {forecastOf, keep} = keptForecasts(services);
  const text = asked.has('json')
    ? reportText(toReport(state, {now, privacy, words: englishWith(services.catalogue), forecastOf}))
    : await wordsOf(asked, state, services, forecastOf);
  print(text, code);
  keep();
  return code;
}

/** Words are loaded only for those who read them: scripts do not pay for it. */
async function wordsOf(asked: Asked, state: MonitorState, services: Services, forecastOf: ForecastOf): Promise<string> {
  const [{onceText}, {plainLines}, {stringsFor, languageOf, hourCycleOf, hasUnicode}] = await Promise.all([
    import('../output/text.ts'),
    import('../output/plain.ts'),
    import('../view/strings/index.ts'),
  ]);
  const {display, thresholds} = services.settings.store.get().settings;
  const strings = stringsFor(languageOf(display.language, process.env), services.catalogue);
  const options = {
    now: services.now(),
    width: widthOf(usualWidth),
    color: wantsColor(asked.has('no-color')),
    ascii: display.ascii === 'auto' ? !hasUnicode(process.env) : display.ascii,
    privacy: display.privacy,
    show: display.show,
    thresholds,
    names: Object.fromEntries(services.catalogue.map(({id, name}) => [id, name])),
    strings,
    absent: absentFrom(services, strings),
    hourCycle: hourCycleOf(process.env),
    forecastOf,
  };
  return readsAloud(process.env) ? `${plainLines(state, options).join('\n')}\n` : onceText(state, options);
}

/** Columns and bars mean nothing to a screen reader, nor to a terminal that cannot place its cursor. */
const readsAloud = (env: NodeJS.ProcessEnv): boolean => env.TERM === 'dumb' || Boolean(env.INK_SCREEN_READER);
