import type {GivenAlert} from '../../core/alerts/event.ts';
import type {ForecastOf} from '../../core/foresight/forecasts.ts';
import type {AccountState, MonitorState} from '../../core/model.ts';
import type {ProviderInfo} from '../../core/services.ts';
import {defaultSettings, type Settings} from '../../core/settings.ts';
import type {OwnThemes} from '../../core/themes.ts';
import {catalogue as builtIn} from '../../providers/index.ts';
import {
  accountPart,
  forecastPart,
  type PageAccount,
  type PageForecasts,
  type PageMonitor,
  type PageParts,
  type PageProgram,
  type PageProvider,
  type PageSettings,
  type PageThemes,
} from '../page-parts.ts';

/** What the server said, as the functions of the screen want it. The parts come from our own server, which made them. */
export type Known = {
  program: PageProgram;
  settings: Settings;
  themes: OwnThemes;
  catalogue: readonly ProviderInfo[];
  state: MonitorState;
  given: readonly GivenAlert[];
  forecastOf: ForecastOf;
};

export const withParts = (before: PageParts, changed: PageParts): PageParts =>
  Object.fromEntries(Object.entries({...before, ...changed}).filter(([, part]) => part !== null));

export function knownFrom(parts: PageParts): Known {
  const monitor = parts.monitor as PageMonitor;
  return {
    program: parts.program as PageProgram,
    settings: settingsFrom(parts.settings as PageSettings),
    themes: new Map(parts.themes as PageThemes),
    catalogue: catalogueFrom(parts.catalogue as string[], parts.own as PageProvider[]),
    state: {...monitor, accounts: accountsFrom(parts, monitor)},
    given: parts.given as GivenAlert[],
    forecastOf: forecastsFrom(parts),
  };
}

function settingsFrom({providers, ...settings}: PageSettings): Settings {
  const asked = Object.entries(providers).map(([id, each]) => [id, {...each, url: null, options: {}}]);
  return {...defaultSettings, ...settings, providers: Object.fromEntries(asked)};
}

function catalogueFrom(ids: readonly string[], own: readonly PageProvider[]): ProviderInfo[] {
  const infos: ProviderInfo[] = [...builtIn, ...own.map(each => ({...each, places: []}))];
  return ids.flatMap(id => infos.find(info => info.id === id) ?? []);
}

function accountsFrom(parts: PageParts, {providers}: PageMonitor): MonitorState['accounts'] {
  const keys = providers.flatMap(({accounts}) => accounts);
  return Object.fromEntries(keys.flatMap(key => accountFrom(parts[accountPart(key)] as PageAccount | undefined)));
}

/** A part that did not change is the same object still, and so is the account: what shows it is not drawn again. */
const made = new WeakMap<PageAccount, AccountState>();
function accountFrom(part: PageAccount | undefined): [string, AccountState][] {
  if (part === undefined) return [];
  const account = made.get(part) ?? {...part, fingerprint: ''};
  made.set(part, account);
  return [[account.key, account]];
}

const forecastsFrom =
  (parts: PageParts): ForecastOf =>
  (account, window) =>
    window.use.state !== 'known' || account.failure !== null
      ? null
      : ((parts[forecastPart(account.key)] as PageForecasts | undefined)?.[window.id] ?? null);
