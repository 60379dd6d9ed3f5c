/** COMPOSITION ROOT. The one file that joins providers, system and core into a program. */

import {systemClock} from './core/clock.ts';
import {type CredentialStore, createCredentialsControl} from './core/credentials.ts';
import type {Ledger} from './core/ledger.ts';
import {type Notice, ProviderError} from './core/model.ts';
import {createDiscovery, withSkipped} from './core/polling/discovery.ts';
import {createMonitor, emptyState} from './core/polling/monitor.ts';
import type {Machine, Provider, Wire} from './core/provider.ts';
import type {Services} from './core/services.ts';
import {defaultSettings, type Settings, settingsOf} from './core/settings.ts';
import {createStore} from './core/store.ts';
import {createRedactor, type Redactor} from './core/text/redact.ts';
import {withSafeLabels} from './core/text/reveal.ts';
import {catalogue, demoServices} from './providers/index.ts';
import {onKeychain} from './providers/shared/stored.ts';
import {createKeychain} from './system/credentials/keychain.ts';
import {withKeychain} from './system/credentials/keychain-store.ts';
import {createCredentialStore} from './system/credentials/store.ts';
import {type Origin, originFor} from './system/http/origins.ts';
import {createWire} from './system/http/wire.ts';
import {createMemoryLedger, openLedger} from './system/ledger/ledger.ts';
import {openLedgerReadOnly} from './system/ledger/read-only.ts';
import {createMachine} from './system/machine.ts';
import {pathsOf, relativePlaces} from './system/paths.ts';
import {createSettingsControl, type OpenSettings} from './system/settings/control.ts';
import {readSettings} from './system/settings/store.ts';
import {version} from './version.ts';
import {bindings} from './view/keymap/keymap.ts';

export type ComposeOptions = {
  env: Readonly<Record<string, string | undefined>>;
  /** Invented accounts: no network, no credentials, nothing read or written. */
  demo: boolean;
  /** Only these providers; undefined: all. */
  providers: readonly string[] | undefined;
  /** What the command line says over the settings; it is not kept. */
  override(settings: Settings): Settings;
  /** What was noticed on the command line. */
  notices?: readonly Notice[];
  /** False for commands that neither poll nor remember. */
  ledger: boolean;
  /** The one that knows secrets already; without it, a new one. */
  redactor?: Redactor;
  /** True for the monitor: config.json edited by hand is picked up while it runs. */
  live?: boolean;
};

export async function compose(options: ComposeOptions): Promise<Services> {
  const redactor = options.redactor ?? createRedactor();
  const world = options.demo ? await demoWorld(options) : realWorld(options, redactor);
  const providers = catalogue
    .filter(({id}) => options.providers?.includes(id) ?? true)
    .map(provider => withSafeLabels(onKeychain(provider), redactor));
  const {ledger, settings, machine, wireFor, endpointOf, store: credentialStore} = world;
  const now = Date.now;
  const store = createStore(emptyState([...world.notices, ...(options.notices ?? [])]));
  world.onNotice(notice => store.update(state => ({...state, notices: [...state.notices, notice]})));
  const discovery = createDiscovery({
    machine,
    clock: systemClock,
    redactor,
    onSkipped: skipped => store.update(state => ({...state, notices: withSkipped(state.notices, skipped)})),
  });
  const parts = {
    providers,
    machine,
    discovery,
    wireFor,
    endpointOf,
    ledger,
    clock: systemClock,
    random: Math.random,
    redactor,
    store,
  };
  const monitor = createMonitor({...parts, settings: settings.store.get().settings});
  if (options.live === true) settings.watch();
  settings.store.subscribe(() => monitor.configure(settings.store.get().settings));
  const credentials = createCredentialsControl({
    ...parts,
    store: credentialStore,
    hidden: () => settings.store.get().settings.hidden,
    nameOf: key => (store.get().accounts[key] ?? ledger.row(key))?.reading?.label,
    setHidden: (key, hidden) => settings.update(current => withHidden(current, key, hidden)),
    learn: monitor.learn,
    changed: monitor.rediscover,
  });
  return {
    version,
    monitor,
    catalogue: providers,
    named: options.providers,
    settings,
    credentials,
    now,
    redact: redactor.redact,
    async close() {
      settings.close();
      await monitor.close();
    },
  };
}

type World = {
  machine: Machine;
  wireFor(provider: Provider, signal: AbortSignal, deadlineMs: number): Wire;
  endpointOf(provider: string): string | null;
  ledger: Ledger;
  store: CredentialStore;
  settings: OpenSettings;
  /** What was noticed while it was made. */
  notices: Notice[];
  /** Where later ones go. */
  onNotice(tell: (notice: Notice) => void): void;
};

function realWorld({env, override, ledger: wantsLedger}: ComposeOptions, redactor: Redactor): World {
  const notices: Notice[] = [];
  let tell = (notice: Notice): void => void notices.push(notice);
  const onNotice = (notice: Notice): void => tell(notice);
  const {now} = Date;
  const bare = createMachine({env, now});
  const {configDirectory, stateDirectory} = pathsOf(env, bare.platform, bare.home);
  for (const name of relativePlaces(env, bare.platform).others)
    onNotice({code: 'environment', text: `${name} is not an absolute path and is ignored.`});
  const known = {providers: catalogue.map(({id}) => id), actions: bindings.map(({name}) => name)};
  const settings = createSettingsControl({
    directory: configDirectory,
    override,
    onNotice,
    initial: readSettings(configDirectory, known),
    known,
  });
  const current = (): Settings => settings.store.get().settings;
  const store = withKeychain(createCredentialStore(configDirectory, onNotice), createKeychain({env}));
  const machine = createMachine({
    env,
    now,
    stored: provider => store.list(provider),
    setting: (provider, name) => providerSetting(current(), provider, name),
  });
  const targetFor = (id: string): Origin => originFor(id, env, settingsOf(current(), id).url);
  const memories = new Map<string, Map<string, unknown>>();
  const memoryOf = (id: string): Map<string, unknown> => {
    const memory = memories.get(id) ?? new Map<string, unknown>();
    memories.set(id, memory);
    return memory;
  };
  return {
    machine,
    store,
    settings,
    notices,
    ledger: wantsLedger
      ? openLedger({directory: stateDirectory, onNotice})
      : {...createMemoryLedger(), ...openLedgerReadOnly(stateDirectory)},
    onNotice(next) {
      tell = next;
    },
    endpointOf(id) {
      const target = targetFor(id);
      return 'origin' in target ? target.origin : null;
    },
    wireFor(provider, signal, deadlineMs) {
      const target = targetFor(provider.id);
      if ('problem' in target) throw badAddress(target.problem);
      const {protect} = redactor;
      return createWire({
        provider,
        origin: target.origin,
        env,
        version,
        now,
        signal,
        deadlineMs,
        protect,
        memory: memoryOf(provider.id),
      });
    },
  };
}

/** The configured endpoint is refused: no request is made. */
export const badAddress = (detail: string): ProviderError =>
  new ProviderError('bad_response', {detail, remedy: 'endpoint'});

async function demoWorld({override}: ComposeOptions): Promise<World> {
  const {createDemoMachine, createDemoWire} = await import('./system/demo.ts');
  const services = await demoServices();
  const {sha256} = createMachine({env: {}});
  const settings = createStore({settings: override(defaultSettings), problems: []});
  return {
    machine: createDemoMachine(services, Date.now, sha256),
    store: {list: async () => [], add: notInDemo, update: notInDemo, remove: notInDemo},
    settings: {
      store: settings,
      update: change => settings.update(({settings, problems}) => ({settings: change(settings), problems})),
      watch() {},
      close() {},
    },
    ledger: createMemoryLedger(),
    notices: [],
    onNotice() {},
    endpointOf: () => null,
    wireFor(provider, signal) {
      const service = services[provider.id];
      if (service === undefined) throw new ProviderError('network', {detail: 'the demo has no such service'});
      return createDemoWire(service, Date.now, version, {signal});
    },
  };
}

const notInDemo = (): never => {
  throw new Error('the demo stores nothing');
};

/** What a provider may know of its settings while it looks for logins. */
function providerSetting(settings: Settings, provider: string, name: string): string | undefined {
  const {clientId, clientSecret, url} = settingsOf(settings, provider);
  return {clientId, clientSecret, url: url ?? undefined}[name];
}

const withHidden = (settings: Settings, key: string, hidden: boolean): Settings => ({
  ...settings,
  hidden: hidden ? [...new Set([...settings.hidden, key])] : settings.hidden.filter(other => other !== key),
});
