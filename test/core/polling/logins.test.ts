import {expect, it} from 'vitest';
import {createDiscovery} from '../../../src/core/polling/discovery.ts';
import {createLogins} from '../../../src/core/polling/logins.ts';
import type {Machine} from '../../../src/core/provider.ts';
import {defaultSettings} from '../../../src/core/settings.ts';
import {createStore} from '../../../src/core/store.ts';
import {createRedactor} from '../../../src/core/text/redact.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {anAccount, aProvider} from '../../support/monitor.ts';

const key = 'openai:00000001';

function bench() {
  const clock = createFakeClock();
  const machine = {now: clock.now, home: '/home/me'} as Machine;
  const discovery = createDiscovery({machine, clock, redactor: createRedactor()});
  return {clock, logins: createLogins({discovery, clock, settings: createStore(defaultSettings)})};
}

it('accounts that are read in one moment share a discovery, and those that are read later do not', async () => {
  const openai = aProvider('openai', [anAccount(), anAccount({key: 'openai:2'})]);
  let discoveries = 0;
  openai.discover = async () => {
    discoveries += 1;
    return openai.accounts;
  };
  const {logins, clock} = bench();
  await Promise.all([logins.read(openai, key), logins.read(openai, 'openai:2')]);
  expect(discoveries).toBe(1);
  expect(await logins.read(openai, 'openai:gone')).toBeNull();
  clock.jump(250);
  await logins.read(openai, key);
  await logins.find(openai);
  expect(discoveries).toBe(3);
});
