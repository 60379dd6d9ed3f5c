import {ProviderError} from '../core/model.ts';
import type {Provider} from '../core/provider.ts';
import {defaultSettings, optionText} from '../core/settings.ts';
import {createStore} from '../core/store.ts';
import {demoServices} from '../providers/index.ts';
import {createDemoMachine, createDemoWire} from '../system/demo.ts';
import {createDemoLedger} from '../system/demo-ledger.ts';
import {createMachine} from '../system/machine.ts';
import {version} from '../version.ts';
import type {ComposeOptions, World} from './world.ts';

/** A computer of which nothing is real. */
export async function demoWorld({demo, providers, override, live = false}: ComposeOptions): Promise<World> {
  const isThere = ({id, inDemo}: Provider): boolean => providers?.includes(id) ?? (demo === 'all' || inDemo === true);
  const services = await demoServices(isThere);
  const settings = createStore({settings: override(defaultSettings), problems: [], themes: new Map()});
  return {
    machine: {
      ...createDemoMachine(services, Date.now, createMachine({env: {}}).sha256),
      setting: (provider, name) => optionText(settings.get().settings, provider, name),
    },
    custom: () => [],
    credentials: {list: async () => [], add: notInDemo, update: notInDemo, remove: notInDemo},
    settings: {
      store: settings,
      update: change => settings.update(before => ({...before, settings: change(before.settings)})),
      watch() {},
      close() {},
    },
    ledger: createDemoLedger(),
    endpointOf: () => null,
    wireFor(provider, signal) {
      const service = services[provider.id];
      if (service === undefined) throw new ProviderError('network', {detail: 'the demo has no such service'});
      // A script has nothing to watch while it waits.
      return createDemoWire(service, Date.now, version, {signal, ...(!live && {delayMs: 0})});
    },
  };
}

const notInDemo = (): never => {
  throw new Error('the demo stores nothing');
};
