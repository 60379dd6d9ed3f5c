import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {compose} from '../../src/compose.ts';
import {until} from '../support/until.ts';

it('a definition that changes while the program runs is for the next start, and that is said once', async () => {
  const home = mkdtempSync(join(tmpdir(), 'mystatus-live-'));
  onTestFinished(() => rmSync(home, {recursive: true, force: true}));
  const gateway = (path: string) => ({
    id: 'acme',
    name: 'Acme',
    http: {url: `http://127.0.0.1:9/${path}`, windows: [{id: '5h', usedPercent: {path: 'used'}}]},
  });
  const write = (...customProviders: unknown[]): void =>
    writeFileSync(join(home, 'config.json'), JSON.stringify({customProviders}), {mode: 0o600});
  write(gateway('one'));
  const env = {HOME: home, MYSTATUS_CONFIG_DIR: home, MYSTATUS_STATE_DIR: home};
  const services = await compose({
    env,
    demo: undefined,
    providers: ['acme'],
    override: each => each,
    ledger: false,
    live: true,
  });
  onTestFinished(() => services.close());
  const notices = () => services.monitor.store.get().notices.map(({text}) => text);
  expect([services.catalogue.map(({id}) => id), notices()]).toEqual([['acme'], []]);
  let turn = 0;
  await until(
    () => {
      // Watching begins a moment later.
      if (turn++ % 50 === 0) write(gateway(`two${turn}`));
      return notices().length > 0;
    },
    () => 'the change was not noticed',
  );
  expect(notices()).toEqual(['customProviders in config.json has changed: restart to use it.']);
  expect(services.settings.store.get().settings.customProviders[0]?.http?.url).toContain('/two');
});
