import {describe, expect, it} from 'vitest';
import {catalogue, demoServices} from '../../src/providers/index.ts';
import {createDemoMachine} from '../../src/system/demo.ts';
import {now} from './shared/home.ts';

const services = await demoServices();
const machineOf = (those: typeof services) =>
  createDemoMachine(
    those,
    () => now,
    text => `hash of ${text}`,
  );
const everything = machineOf(services);

describe('the demos of all providers in one home directory', () => {
  it.each(catalogue.map(provider => [provider.id, provider] as const))(
    '%s finds its own logins alone',
    async (id, provider) => {
      const service = services[id];
      if (service === undefined) return expect.unreachable('no demo');
      const alone = await provider.discover(machineOf({[id]: service}));
      expect(alone).not.toEqual([]);
      expect(await provider.discover(everything)).toEqual(alone);
    },
  );
});
