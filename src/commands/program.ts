import {type ComposeOptions, compose} from '../compose.ts';
import {createForecasts, type ForecastOf} from '../core/foresight/forecasts.ts';
import type {MadeForecast} from '../core/foresight/made.ts';
import type {Notice} from '../core/model.ts';
import type {Services} from '../core/services.ts';
import {
  defaultProviderSettings,
  type Language,
  longestIntervalSeconds,
  type Settings,
  shortestIntervalSeconds,
} from '../core/settings.ts';
import {allThemes} from '../core/themes.ts';
import type {Discovered} from '../output/places.ts';
import {catalogue} from '../providers/index.ts';
import {absenceIn, absenceLines, usualKeys} from '../view/rows/absence.ts';
import {en, type Strings} from '../view/strings/en.ts';
import {type Asked, notAValue, UsageError} from './args/parse.ts';
import {redactor} from './faults.ts';
import {complain} from './output.ts';

/** The program as the command line wants it. */
export async function servicesFor(
  asked: Asked,
  {ledger, live = false, seed}: Pick<ComposeOptions, 'ledger' | 'live' | 'seed'>,
): Promise<Services> {
  const services = await compose({
    env: process.env,
    demo: demoIn(asked),
    providers: asked.providers,
    override: settings => overridden(settings, asked),
    notices: intervalNotices(asked),
    ledger,
    live,
    seed,
    redactor,
  });
  const unknown = unknownTheme(asked.text('theme'), services.settings);
  if (unknown === null) return services;
  await services.close();
  throw new UsageError(unknown);
}

/** A theme whose file is broken is known: that it is, is told as of any other. */
function unknownTheme(theme: string | undefined, {store}: Services['settings']): string | null {
  const {themes, problems} = store.get();
  const names = allThemes(themes);
  const isKnown =
    theme === undefined || names.includes(theme) || problems.some(({path}) => path === `themes/${theme}.json`);
  return isKnown ? null : notAValue('theme', theme, names);
}

export const demoIn = (asked: Asked): 'some' | 'all' | undefined =>
  asked.has('demo') ? (asked.text('demo') === 'all' ? 'all' : 'some') : undefined;

/** What was noticed beside the answer: settings that are ignored, a ledger that cannot be used, … */
export function complainOf(services: Services): void {
  const {problems} = services.settings.store.get();
  for (const {text} of [...problems, ...services.monitor.store.get().notices]) complain(services.redact(text));
}

/** Why something that is there, or that the command line names, is not shown: a line each, with what to do about it. */
export function absentFrom(services: Services, strings: Strings = en): string[] {
  const absence = absenceIn(services.monitor.store.get(), services.catalogue, services.named);
  return absenceLines(absence, usualKeys, strings);
}

/** The same for one account, which may be hidden, or of a provider that is switched off. */
export function absentFor(account: string | undefined, services: Services): string[] {
  if (account === undefined) return absentFrom(services);
  if (services.settings.store.get().settings.hidden.includes(account))
    return [en.start.hidden(1, usualKeys.credentials)];
  const named = account.split(':').slice(0, 1);
  return absenceLines(absenceIn(services.monitor.store.get(), services.catalogue, named), usualKeys, en);
}

/** Where logins of the providers were looked for, and what was found there. */
export const searchedPlaces = ({catalogue, credentials}: Services): Promise<Discovered[]> =>
  Promise.all(catalogue.map(async ({id, name}) => ({id, name, places: await credentials.search(id)})));

/** From what is read and kept by now. */
export const forecastsFrom = (
  {history, forecastsOf, now}: Services,
  learned?: (account: string, made: MadeForecast) => void,
): ForecastOf => createForecasts(account => history(0, account), now(), forecastsOf, learned);

/** The same, and `keep` leaves what had to be learned for the scripts that come soon after. */
export function keptForecasts(services: Services): {forecastOf: ForecastOf; keep(): void} {
  const learned = new Map<string, MadeForecast[]>();
  const forecastOf = forecastsFrom(services, (account, made) =>
    learned.set(account, [...(learned.get(account) ?? []), made]),
  );
  const isNew = (account: string, {window}: MadeForecast): boolean =>
    learned.get(account)?.some(made => made.window === window) === true;
  return {
    forecastOf,
    keep() {
      for (const [account, made] of learned) {
        const others = services.forecastsOf(account).filter(each => !isNew(account, each));
        services.keepForecasts(account, [...made, ...others], services.now());
      }
    },
  };
}

/** A script that is interrupted gives back its claims: the next one need not wait until they have run out. */
export function closeWhenInterrupted(
  services: Services,
  signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'],
): void {
  for (const signal of signals)
    process.once(signal, () => void services.close().finally(() => process.kill(process.pid, signal)));
}

export const timeoutMsOf = (asked: Asked, usual: number): number => {
  const seconds = asked.number('timeout');
  return seconds === undefined ? usual : seconds * 1000;
};

/** Throws `UsageError`. */
export function requirePercent(asked: Asked, ...names: readonly ('min-remaining' | 'max-risk')[]): void {
  for (const name of names)
    if ((asked.number(name) ?? 0) > 100) throw new UsageError(`--${name} must be at most 100, not ${asked.text(name)}`);
}

/** Flags stand over the settings, for this run. */
function overridden(settings: Settings, asked: Asked): Settings {
  const {display} = settings;
  const intervalSeconds = intervalIn(asked)?.used;
  return {
    ...settings,
    providers: intervalSeconds === undefined ? settings.providers : withInterval(settings, intervalSeconds),
    display: {
      ...display,
      privacy: display.privacy || asked.has('privacy'),
      mouse: display.mouse && !asked.has('no-mouse'),
      ascii: asked.has('ascii') || display.ascii,
      theme: asked.text('theme') ?? display.theme,
      language: (asked.text('lang') as Language | undefined) ?? display.language,
    },
  };
}

function intervalIn(asked: Asked): {wanted: number; used: number} | undefined {
  const wanted = asked.number('interval');
  if (wanted === undefined) return undefined;
  return {wanted, used: Math.round(Math.min(Math.max(wanted, shortestIntervalSeconds), longestIntervalSeconds))};
}

/** An interval that is not used as it was given is said, as one of the settings would be. */
function intervalNotices(asked: Asked): Notice[] {
  const interval = intervalIn(asked);
  if (interval === undefined || interval.used === interval.wanted) return [];
  return [{code: 'settings', text: `--interval ${interval.wanted}: using ${interval.used} seconds`}];
}

const withInterval = ({providers, customProviders}: Settings, intervalSeconds: number): Settings['providers'] =>
  Object.fromEntries(
    [...catalogue, ...customProviders].map(({id}) => [
      id,
      {...(providers[id] ?? defaultProviderSettings), intervalSeconds},
    ]),
  );
