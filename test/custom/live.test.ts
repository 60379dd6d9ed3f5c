import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
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

it('a credential that is stored, or takes another’s place, is bound to where it may go, whatever its fields say', async () => {
  const home = mkdtempSync(join(tmpdir(), 'mystatus-live-'));
  onTestFinished(() => rmSync(home, {recursive: true, force: true}));
  const env = {HOME: home, MYSTATUS_CONFIG_DIR: home, MYSTATUS_STATE_DIR: home};
  const opened = async (url: string) => {
    const http = {url, auth: {stored: true}, windows: [{id: '5h', usedPercent: {path: 'used'}}]};
    writeFileSync(join(home, 'config.json'), JSON.stringify({customProviders: [{id: 'kept', name: 'Kept', http}]}), {
      mode: 0o600,
    });
    const services = await compose({env, demo: undefined, providers: undefined, override: each => each, ledger: false});
    onTestFinished(() => services.close());
    return services.credentials;
  };
  const stored = () => JSON.parse(readFileSync(join(home, 'credentials.json'), 'utf8')).credentials;
  const first = await opened('https://one.example/v1');
  const id = await first.add({
    provider: 'kept',
    secret: 'fake-kept-key-0001',
    fields: {boundTo: 'https://evil.example'},
  });
  expect(stored()).toMatchObject([{id, secret: 'fake-kept-key-0001', fields: {boundTo: 'https://one.example'}}]);
  const second = await opened('https://two.example:8443/v1');
  await second.replace(id, 'fake-kept-key-0002');
  expect(stored()).toMatchObject([{id, secret: 'fake-kept-key-0002', fields: {boundTo: 'https://two.example:8443'}}]);
});
