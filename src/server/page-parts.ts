import type {GivenAlert} from '../core/alerts/event.ts';
import type {WindowForecast} from '../core/foresight/forecasts.ts';
import type {AccountState, MonitorState} from '../core/model.ts';
import type {ProviderInfo, Services} from '../core/services.ts';
import type {Settings} from '../core/settings.ts';
import type {OwnTheme} from '../core/themes.ts';
import {hideIdentities} from '../view/format/privacy.ts';

/**
 * What the page shows, in parts by name: it gets all of them once, and then those that have changed. It draws them with
 * the functions that draw the terminal.
 */
export type PageParts = Record<string, unknown>;
/** `now`: of this machine's clock, which the ages are told by. A part that is null has gone. */
export type PageMessage = {now: number; parts: PageParts};

export type PageProgram = {version: string; named: readonly string[] | null};
/** No address, no program and no option of a provider: there may be secrets in them. */
export type PageSettings = Pick<Settings, 'order' | 'display' | 'layout' | 'thresholds' | 'history' | 'keys'> & {
  providers: Record<string, Pick<Settings['providers'][string], 'enabled' | 'intervalSeconds'>>;
};
export type PageMonitor = Omit<MonitorState, 'accounts'>;
export type PageAccount = Omit<AccountState, 'fingerprint'>;
export type PageForecasts = Record<string, WindowForecast>;
export type PageThemes = [name: string, theme: OwnTheme][];
/** A provider that the user describes; the page knows the others. Functions stay here, plain words go. */
export type PageProvider = Omit<ProviderInfo, 'login' | 'options' | 'places'>;

export const accountPart = (key: string): string => `account/${key}`;
export const forecastPart = (key: string): string => `forecast/${key}`;

export function pagePartsOf(services: Services, isBuiltIn: (provider: string) => boolean): PageParts {
  const {settings, themes} = services.settings.store.get();
  const monitor = services.monitor.store.get();
  const {accounts, ...rest} = settings.display.privacy ? hideIdentities(monitor) : monitor;
  return {
    program: {version: services.version, named: services.named ?? null} satisfies PageProgram,
    settings: pageSettings(settings),
    themes: [...themes] satisfies PageThemes,
    own: services.catalogue.filter(({id}) => !isBuiltIn(id)).map(pageProvider),
    catalogue: services.catalogue.map(({id}) => id),
    monitor: rest satisfies PageMonitor,
    given: services.alerts.given.get() satisfies readonly GivenAlert[],
    ...Object.fromEntries(Object.values(accounts).map(each => [accountPart(each.key), pageAccount(each)])),
    ...Object.fromEntries(
      Object.values(monitor.accounts).map(each => [forecastPart(each.key), forecastsOf(each, services)]),
    ),
  };
}

function pageSettings({order, display, layout, thresholds, history, keys, providers}: Settings): PageSettings {
  const asked = Object.entries(providers).map(([id, {enabled, intervalSeconds}]) => [id, {enabled, intervalSeconds}]);
  return {order, display, layout, thresholds, history, keys, providers: Object.fromEntries(asked)};
}

const pageProvider = ({id, name, usageUrl, intervalSeconds, words}: ProviderInfo): PageProvider => ({
  ...{id, name, usageUrl, intervalSeconds},
  ...(words === undefined ? {} : {words}),
});

const pageAccount = ({fingerprint: _, ...account}: AccountState): PageAccount => account;

function forecastsOf(account: AccountState, {monitor}: Services): PageForecasts {
  const forecastOf = monitor.forecasts.get();
  const windows = account.reading?.windows ?? [];
  return Object.fromEntries(
    windows.flatMap(window => {
      const forecast = forecastOf(account, window);
      return forecast === null ? [] : [[window.id, forecast]];
    }),
  );
}
