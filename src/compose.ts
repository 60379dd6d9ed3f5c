/** COMPOSITION ROOT. Joins providers, system and core into a program; `compose/` has the two worlds that it can run in. */

import {heardBy} from './compose/heard-answers.ts';
import {followDefinitions} from './compose/live-definitions.ts';
import {realWorld} from './compose/real-world.ts';
import {followRoster, type RosterFollower} from './compose/roster.ts';
import type {ComposeOptions, CustomPlace, World} from './compose/world.ts';
import {createOutlet} from './core/alerts/outlet.ts';
import {systemClock} from './core/clock.ts';
import {createCredentialsControl} from './core/credentials.ts';
import type {MonitorState, Notice} from './core/model.ts';
import type {MonitorDeps} from './core/polling/deps.ts';
import {createDiscovery, withSkipped} from './core/polling/discovery.ts';
import {dueOnceMore} from './core/polling/due-times.ts';
import {createMonitor} from './core/polling/monitor.ts';
import {emptyState, withAccounts} from './core/polling/monitor-state.ts';
import type {Skipped} from './core/polling/places.ts';
import type {Machine, Provider} from './core/provider.ts';
import type {CredentialsControl, Services} from './core/services.ts';
import type {Settings} from './core/settings.ts';
import {createStore, partOf, type Store} from './core/store.ts';
import {createRedactor, type Redactor} from './core/text/redact.ts';
import {withSafeLabels} from './core/text/reveal.ts';
import {catalogue} from './providers/index.ts';
import {onKeychain} from './providers/shared/stored.ts';
import {version} from './version.ts';

export type {ComposeOptions} from './compose/world.ts';

export async function compose(options: ComposeOptions): Promise<Services> {
  const redactor = options.redactor ?? createRedactor();
  const store = createStore(options.seed ?? emptyState());
  const onNotice = (notice: Notice): void => store.update(state => ({...state, notices: [...state.notices, notice]}));
  const onFleet = (notice: Notice | null): void =>
    store.update(state => ({...state, notices: withFleet(state.notices, notice)}));
  const outlet = createOutlet(() => world.alerts);
  const world = await (options.demo !== undefined
    ? demoWorld(options)
    : realWorld(options, redactor, {onNotice, onFleet}, {...outlet, forecasts: () => monitor.forecasts.get()}));
  const stop = new AbortController();
  outlet.changed();
  for (const notice of options.notices ?? []) onNotice(notice);
  const current = (): Provider[] => providersOf([...catalogue, ...world.custom()], options, redactor);
  const providers = current();
  followDefinitions({
    providers,
    current,
    settings: world.settings,
    onChanged: ids => store.update(state => withDue(state, ids)),
  });
  const {onAnswer} = options;
  const wireFor = onAnswer === undefined ? world.wireFor : heardBy(onAnswer, world.wireFor);
  const deps = monitorDeps({...world, wireFor}, store, redactor, providers);
  const roster = rosterFollowed(options, world, deps);
  const monitor = createMonitor({...deps, onLooked: at => roster?.looked(at)});
  if (options.live === true) world.settings.watch();
  return {
    version,
    monitor,
    catalogue: providers,
    named: options.providers,
    settings: world.settings,
    credentials: credentialsControl(deps, world, monitor),
    ...(world.customPlace && {custom: customControl(deps, world.machine, world.customPlace, stop.signal)}),
    history: deps.ledger.history,
    forecastsOf: deps.ledger.forecastsOf,
    keepForecasts: deps.ledger.keepForecasts,
    alerts: outlet,
    ready: deps.ledger.ready,
    now: Date.now,
    redact: redactor.redact,
    async close() {
      stop.abort();
      roster?.stop();
      world.settings.close();
      world.places?.close();
      await monitor.close();
    },
  };
}

/** What is said of the fleet's database holds until something else is. */
const withFleet = (notices: readonly Notice[], notice: Notice | null): Notice[] => [
  ...notices.filter(({code}) => code !== 'ledger-fleet'),
  ...(notice === null ? [] : [notice]),
];

/** Only of what shows everything, and shares it with others. */
function rosterFollowed(
  {ledger: isShared, live = false, providers, notices = []}: ComposeOptions,
  {keepRoster: keep, settings}: World,
  {store, ledger}: MonitorDeps,
): RosterFollower | null {
  if (!isShared || providers !== undefined || keep === undefined) return null;
  // What a script is told about its own options is no news to others.
  if (!live && notices.length > 0) return null;
  return followRoster({store, ledger, settings: settings.store, keep}, live);
}

/** With the accounts of these providers due. */
const withDue = (state: MonitorState, ids: readonly string[]): MonitorState =>
  withAccounts(
    state,
    Object.values(state.accounts)
      .filter(({provider}) => ids.includes(provider))
      .map(dueOnceMore),
  );

/** Loaded only there. */
const demoWorld = async (options: ComposeOptions): Promise<World> =>
  (await import('./compose/demo-world.ts')).demoWorld(options);

const providersOf = (all: readonly Provider[], {providers}: ComposeOptions, redactor: Redactor): Provider[] =>
  all.filter(({id}) => providers?.includes(id) ?? true).map(provider => withSafeLabels(onKeychain(provider), redactor));

function monitorDeps(
  {machine, places, settings, wireFor, endpointOf, ledger}: World,
  store: Store<MonitorState>,
  redactor: Redactor,
  providers: readonly Provider[],
): MonitorDeps {
  const onSkipped = (skipped: readonly Skipped[]): void =>
    store.update(state => ({...state, notices: withSkipped(state.notices, skipped)}));
  return {
    providers,
    wireFor,
    endpointOf,
    ledger,
    stirs: places,
    store,
    redactor,
    clock: systemClock,
    random: Math.random,
    discovery: createDiscovery({machine, clock: systemClock, redactor, onSkipped}),
    settings: partOf(settings.store, ({settings}) => settings),
  };
}

function credentialsControl(
  deps: MonitorDeps,
  {machine, settings, credentials}: World,
  monitor: ReturnType<typeof createMonitor>,
): CredentialsControl {
  const {store, ledger} = deps;
  return createCredentialsControl({
    ...deps,
    machine,
    store: credentials,
    hidden: () => deps.settings.get().hidden,
    nameOf: key => (store.get().accounts[key] ?? ledger.row(key))?.reading?.label,
    forgetHistory: ledger.forgetHistory,
    setHidden: (key, hidden) => settings.update(current => withHidden(current, key, hidden)),
    addFirstReading: monitor.addFirstReading,
    changed: monitor.rediscover,
  });
}

/** Loaded where it is used. */
const customControl =
  (deps: MonitorDeps, machine: Machine, place: CustomPlace, closed: AbortSignal): NonNullable<Services['custom']> =>
  async () =>
    (await import('./compose/custom-control.ts')).createCustomControl({...deps, ...place, machine, closed});

const withHidden = (settings: Settings, key: string, hidden: boolean): Settings => ({
  ...settings,
  hidden: hidden ? [...new Set([...settings.hidden, key])] : settings.hidden.filter(other => other !== key),
});
