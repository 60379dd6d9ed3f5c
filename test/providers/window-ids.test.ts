import {existsSync, readdirSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {Provider} from '../../src/core/provider.ts';
import {catalogue} from '../../src/providers/index.ts';
import {createWire} from '../../src/system/http/wire.ts';
import {writeDemoPrograms} from '../support/demo-programs.ts';
import {writeDemoStores} from '../support/demo-stores.ts';
import {startService} from '../support/service.ts';
import {now, withHome} from './shared/home.ts';
import {idsOf, strangersTo} from './shared/window-ids.ts';

async function demoIds(provider: Provider): Promise<string[]> {
  const demo = await provider.demo();
  const service = await startService(request => demo.answer(request, now));
  onTestFinished(() => service.close());
  const home = await withHome(demo.files(now));
  writeDemoStores(demo, home.path, now);
  const env = {...demo.env, PATH: writeDemoPrograms([demo], home.path, now)};
  const accounts = await provider.discover(home.machine({env}));
  const wire = createWire({provider, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return (await Promise.all(accounts.map(account => provider.fetch(account, wire)))).flatMap(idsOf);
}

/** Folders of tests of providers that have windows and fixtures. */
async function foldersWithFixtures(): Promise<string[]> {
  const folders = readdirSync(import.meta.dirname, {withFileTypes: true})
    .filter(entry => entry.isDirectory() && existsSync(`${import.meta.dirname}/../fixtures/${entry.name}`))
    .map(({name}) => name);
  const found = folders.map(async folder => {
    const providers = Object.values<Provider>(await import(`../../src/providers/${folder}/index.ts`));
    return providers.some(({windowIds}) => windowIds.length > 0) ? [folder] : [];
  });
  return (await Promise.all(found)).flat();
}

describe('the ids of windows that a provider says it has', () => {
  it.each(catalogue.map(provider => [provider.id, provider] as const))(
    'are those of its demo: %s',
    async (_, provider) => {
      const ids = await demoIds(provider);
      // A service that tells balances only has none.
      expect(ids.length > 0).toBe(provider.windowIds.length > 0);
      expect(strangersTo(provider, ids)).toEqual([]);
    },
  );

  it('are compared with its fixtures in a test of its own', async () => {
    const folders = await foldersWithFixtures();
    expect(folders.length).toBeGreaterThan(0);
    expect(folders.filter(folder => !existsSync(`${import.meta.dirname}/${folder}/window-ids.test.ts`))).toEqual([]);
  });

  it('would not hide a stranger', () => {
    const windowIds = ['5h', '<length>', '<model>/<length>', 'code-review/weekly'];
    const strangers = ['fortnightly', 'spark/soon', 'a/b/5h', '5hours'];
    expect(strangersTo({windowIds}, [...strangers, '9h', 'weekly', 'spark/30d'])).toEqual(strangers);
  });
});
