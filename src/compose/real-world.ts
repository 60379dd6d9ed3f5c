import type {AlertParts} from '../core/alerts/memory.ts';
import {createWatcher, type Watcher} from '../core/alerts/watcher.ts';
import {type Notice, ProviderError} from '../core/model.ts';
import type {StoredCredential} from '../core/provider.ts';
import {optionText, type ProviderSettings, type Settings, settingsOf} from '../core/settings.ts';
import type {Redactor} from '../core/text/redact.ts';
import {customProvider} from '../providers/custom/index.ts';
import {catalogue, pathVariables} from '../providers/index.ts';
import {credentialsPath} from '../system/credentials/file.ts';
import {createKeychain} from '../system/credentials/keychain.ts';
import {withKeychain} from '../system/credentials/keychain-store.ts';
import {createCredentialStore} from '../system/credentials/store.ts';
import {createGate} from '../system/custom/gate.ts';
import {watchPlaces} from '../system/files/watched-places.ts';
import {type Origin, originFor} from '../system/http/origins.ts';
import {createWire} from '../system/http/wire.ts';
import {createMemoryLedger, forgetHistoryIn, openLedger} from '../system/ledger/ledger.ts';
import {ledgerAddress} from '../system/ledger/ledger-address.ts';
import {openLedgerReadOnly} from '../system/ledger/read-only.ts';
import {createMachine} from '../system/machine.ts';
import {pathsOf, relativePlaces, withoutRelativePlaces} from '../system/paths.ts';
import {watchEnvironment} from '../system/roster/environment.ts';
import {createRosterKeeper} from '../system/roster/keep.ts';
import {createSettingsControl, type OpenSettings} from '../system/settings/control.ts';
import {readSettings} from '../system/settings/file.ts';
import {version} from '../version.ts';
import {bindings} from '../view/keymap/table.ts';
import {type FleetPlace, openFleetLedger} from './fleet-ledger.ts';
import type {ComposeOptions, Outlet, World} from './world.ts';

type OnNotice = (notice: Notice) => void;
type OnFleet = FleetPlace['onFleet'];

/** This computer: its files, its programs, its network. */
export async function realWorld(
  options: ComposeOptions,
  redactor: Redactor,
  {onNotice, onFleet}: {onNotice: OnNotice; onFleet: OnFleet},
  outlet: Outlet,
): Promise<World> {
  const {env} = options;
  const {platform, home} = createMachine({env});
  const {configDirectory, stateDirectory} = pathsOf(env, platform, home);
  for (const name of relativePlaces(env, platform, pathVariables).others)
    onNotice({code: 'environment', text: `${name} is not an absolute path and is ignored.`});
  const settings = await openSettings(configDirectory, options.override);
  const settingsFor = (id: string): ProviderSettings => settingsOf(settings.store.get().settings, id);
  const keepsHistory = (): boolean => settings.store.get().settings.history.enabled;
  const credentials = withKeychain(createCredentialStore(configDirectory, onNotice), createKeychain({env}));
  const ledger = await openLedgerFor(options, stateDirectory, {
    ...{onNotice, keepsHistory, outlet, settings: () => settings.store.get().settings},
    fleet: {env, home, protect: redactor.protect, onFleet},
  });
  const keep = createRosterKeeper({configDirectory, stateDirectory, version});
  const watched = watchEnvironment(withoutRelativePlaces(env, platform, pathVariables));
  const gate = createGate({directory: configDirectory, env, platform, home});
  const machine = createMachine({
    env,
    pathVariables,
    now: Date.now,
    stored: async provider => (await credentials.list(provider)).filter(entry => isFor(provider, entry.fields)),
    setting: (provider, name) => optionText(settings.store.get().settings, provider, name),
  });
  const places = options.live === true ? watchPlaces(machine, {also: [credentialsPath(configDirectory)]}) : {machine};
  return {
    settings,
    credentials,
    custom: () => settings.store.get().settings.customProviders.map(definition => customProvider(definition, gate)),
    customPlace: {directory: configDirectory, gate},
    keepRoster(roster, state, lookedAt) {
      const kept = settings.kept();
      // Of a fleet the ledger beside it knows nothing.
      const isOfFleet = ledgerAddress(watched.env, kept.settings, () => {}) !== null;
      if (!isOfFleet) keep({roster, state, settings: kept, environment: watched.seen(), lookedAt});
    },
    machine: {...places.machine, env: watched.env},
    ...('close' in places && {places}),
    ...ledger,
    ...network(env, redactor, id => originOf(id, watched.env, settingsFor(id).url)),
  };
}

type LedgerParts = {
  onNotice: OnNotice;
  keepsHistory(): boolean;
  outlet: Outlet;
  settings(): Settings;
  fleet: FleetPlace;
};

async function openLedgerFor(
  options: ComposeOptions,
  directory: string,
  {onNotice, keepsHistory, outlet, settings, fleet}: LedgerParts,
): Promise<Pick<World, 'ledger' | 'alerts'>> {
  if (!options.ledger) {
    const forgetHistory = (account?: string): void => forgetHistoryIn(directory, account);
    return {ledger: {...createMemoryLedger(), ...openLedgerReadOnly(directory), forgetHistory}};
  }
  const alerts = options.live === true ? {...outlet, watcher: watcherFor(options, settings, outlet)} : undefined;
  const own = (told: AlertParts | undefined) => openLedger({directory, onNotice, keepsHistory, alerts: told});
  const address = ledgerAddress(fleet.env, settings(), onNotice);
  const ledger =
    address === null ? own(alerts) : await openFleetLedger(address, settings(), fleet, {own, alerts, keepsHistory});
  return alerts === undefined ? {ledger} : {ledger, alerts: ledger};
}

/** Alerts of what this copy shows; another one that shows more tells the rest. */
const watcherFor = ({providers}: ComposeOptions, settings: () => Settings, {forecasts}: Outlet): Watcher =>
  createWatcher({
    settings: () => settings().alerts,
    forecastOf: forecasts,
    isWatched: ({key, provider}) =>
      (providers?.includes(provider) ?? true) &&
      settingsOf(settings(), provider).enabled &&
      !settings().hidden.includes(key),
  });

/** What was bound to an address is for the provider that the user described, not for one that has its id now. */
const isFor = (provider: string, {boundTo}: StoredCredential['fields']): boolean =>
  boundTo === undefined || catalogue.every(({id}) => id !== provider);

// One that the user describes has its address in its description; a vendor's own program knows where to ask.
const hasHosts = (id: string): boolean => catalogue.some(provider => provider.id === id && provider.hosts.length > 0);
const originOf: typeof originFor = (id, ...where) => (hasHosts(id) ? originFor(id, ...where) : {origin: null});

async function openSettings(directory: string, override: ComposeOptions['override']): Promise<OpenSettings> {
  const known = {providers: catalogue, actions: bindings.map(({name}) => name)};
  return createSettingsControl({directory, override, initial: await readSettings(directory, known), known});
}

function network(
  env: ComposeOptions['env'],
  {protectLogin: protect}: Redactor,
  targetFor: (provider: string) => Origin,
): Pick<World, 'wireFor' | 'endpointOf'> {
  const memories = new Map<string, Map<string, unknown>>();
  return {
    endpointOf(id) {
      const target = targetFor(id);
      return 'origin' in target ? target.origin : null;
    },
    wireFor(provider, signal, deadlineMs) {
      const target = targetFor(provider.id);
      if ('problem' in target) throw badAddress(target.problem);
      const memory = memories.get(provider.id) ?? new Map<string, unknown>();
      memories.set(provider.id, memory);
      const {now} = Date;
      return createWire({provider, origin: target.origin, env, version, now, signal, deadlineMs, protect, memory});
    },
  };
}

/** The configured endpoint is refused: no request is made. */
export const badAddress = (detail: string): ProviderError =>
  new ProviderError('bad_response', {detail, remedy: 'endpoint'});
