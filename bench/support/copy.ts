import {setTimeout as pause} from 'node:timers/promises';
import {createDiscovery} from '../../src/core/polling/discovery.ts';
import {createMonitor} from '../../src/core/polling/monitor.ts';
import {emptyState} from '../../src/core/polling/monitor-state.ts';
import type {StoredCredential} from '../../src/core/provider.ts';
import type {Monitor} from '../../src/core/services.ts';
import {defaultSettings} from '../../src/core/settings.ts';
import {createStore} from '../../src/core/store.ts';
import {createRedactor} from '../../src/core/text/redact.ts';
import {catalogue} from '../../src/providers/index.ts';
import {createWire} from '../../src/system/http/wire.ts';
import {openLedger} from '../../src/system/ledger/ledger.ts';
import {createMachine} from '../../src/system/machine.ts';
import type {FakeClock} from '../../test/support/fake-clock.ts';

// The monitor's own.
const beatMs = 1000;

export type CopyOptions = {
  /** Shared by all copies: they live on one machine. */
  clock: FakeClock;
  /** Of the service that is asked. */
  origin: string;
  home: string;
  provider: string;
  stored?: StoredCredential[];
};
export type Copy = {monitor: Monitor; isBusy(): boolean; close(): Promise<void>};

/** One running copy of the program without its screen: real files, real wires, a ledger of its own on the shared file. */
export function openCopy({clock, origin, home, provider, stored = []}: CopyOptions): Copy {
  const env = {HOME: home};
  const {now} = clock;
  const redactor = createRedactor();
  const memory = new Map<string, unknown>();
  const store = createStore(emptyState());
  const monitor = createMonitor({
    providers: catalogue.filter(({id}) => id === provider),
    discovery: createDiscovery({
      machine: createMachine({env, now, stored: async id => stored.filter(each => each.provider === id)}),
      clock,
      redactor,
    }),
    wireFor: (provider, signal, deadlineMs) =>
      createWire({provider, origin, env, version: 'bench', now, signal, deadlineMs, protect: redactor.protect, memory}),
    ledger: openLedger({directory: `${home}/state`, now, onNotice: ({text}) => fail(text)}),
    clock,
    random: Math.random,
    redactor,
    settings: createStore(defaultSettings),
    store,
  });
  return {
    monitor,
    isBusy: () => Object.values(store.get().accounts).some(({refreshing}) => refreshing),
    async close() {
      const closing = monitor.close();
      // What waits for a moment of the clock is waited for.
      await clock.advance(beatMs);
      await closing;
    },
  };
}

function fail(text: string): never {
  throw new Error(text);
}

/**
 * Lets `ms` of the copies' time pass, a beat at a time. Requests are answered in real time, and the clock waits for them:
 * to the copies every answer comes within one beat.
 */
export async function passTime(clock: FakeClock, copies: readonly Copy[], ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += beatMs) {
    await clock.advance(beatMs);
    while (copies.some(copy => copy.isBusy())) {
      await pause(0);
      // Those that wait for their turn begin by a timer of the clock.
      await clock.advance(0);
    }
  }
}
