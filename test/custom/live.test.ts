import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {compose} from '../../src/compose.ts';
import type {Reading} from '../../src/core/model.ts';
import {startService} from '../support/service.ts';
import {until} from '../support/until.ts';

/** A program that runs, and a config.json that somebody edits meanwhile. */
async function running(first: readonly unknown[], more: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'mystatus-live-'));
  onTestFinished(() => rmSync(home, {recursive: true, force: true}));
  const write = (customProviders: readonly unknown[]): void =>
    writeFileSync(join(home, 'config.json'), JSON.stringify({customProviders}), {mode: 0o600});
  write(first);
  const env = {HOME: home, MYSTATUS_CONFIG_DIR: home, MYSTATUS_STATE_DIR: home, ...more};
  const options = {env, demo: undefined, providers: undefined, override: <T>(each: T): T => each, ledger: false};
  const services = await compose({...options, live: true});
  onTestFinished(() => services.close());
  const custom = () => services.catalogue.filter(({id}) => isOurs(id)).map(({name}) => name);
  const accounts = () => Object.values(services.monitor.store.get().accounts).filter(({provider}) => isOurs(provider));
  /** Written again until it is seen: watching begins a moment after the start. */
  const edited = async (definitions: readonly unknown[], isSeen: () => boolean): Promise<void> => {
    let turn = 0;
    await until(
      () => {
        if (turn++ % 50 === 0) write(definitions);
        return isSeen();
      },
      () => `the change was not noticed: ${JSON.stringify([custom(), accounts()])}`,
    );
  };
  return {services, edited, custom, accounts};
}
const isOurs = (id: string): boolean => ['acme', 'beta'].includes(id);

const described = (id: string, url: string, more: object = {}, used = 'used') => ({
  id,
  name: id.toUpperCase(),
  http: {url, windows: [{id: '5h', usedPercent: {path: used}}], ...more},
});
const percent = ({reading}: {reading: Reading | null}): number | null => {
  const use = reading?.windows[0]?.use;
  return use?.state === 'known' ? use.usedPercent : null;
};

it('a definition that comes, changes or goes while the program runs is there, read again, or gone at once', async () => {
  const service = await startService(() => ({status: 200, body: {used: 40, other: 55}}));
  onTestFinished(() => service.close());
  const {services, edited, custom, accounts} = await running([]);
  onTestFinished(services.monitor.lease(['acme', 'beta']));
  const acme = described('acme', `${service.origin}/v1`);
  await edited([acme], () => accounts().some(each => percent(each) === 40));
  expect(custom()).toEqual(['ACME']);
  await edited([described('acme', `${service.origin}/v1`, {}, 'other')], () =>
    accounts().some(each => percent(each) === 55),
  );
  await edited([acme, described('beta', `${service.origin}/v2`)], () => accounts().length === 2);
  expect(custom()).toEqual(['ACME', 'BETA']);
  await edited([described('beta', `${service.origin}/v2`)], () => accounts().length === 1);
  expect(custom()).toEqual(['BETA']);
});

it('a key does not follow a definition to another address while the program runs', async () => {
  const [first, second] = [await startService(() => ({status: 200, body: {used: 40}})), await startService()];
  for (const {close} of [first, second]) onTestFinished(close);
  const auth = {auth: {stored: true}};
  const {services, edited, accounts} = await running([described('acme', `${first.origin}/v1`, auth)]);
  onTestFinished(services.monitor.lease(['acme']));
  await services.credentials.add({provider: 'acme', secret: 'fake-acme-key-0001', fields: {}});
  await until(
    () => accounts().some(each => percent(each) === 40),
    () => 'it was not read',
  );
  expect(first.requests[0]?.headers.authorization).toBe('Bearer fake-acme-key-0001');
  await edited([described('acme', `${second.origin}/v1`, auth)], () =>
    accounts().some(({failure}) => failure !== null),
  );
  expect(accounts()[0]?.failure?.detail).toBe(`acme: the key was given for ${first.origin}; log in again`);
  services.monitor.refresh(accounts().map(({key}) => key));
  await services.monitor.rediscover();
  expect(second.requests).toEqual([]);
});

it('a definition that names another address while the program runs is no longer trusted', async () => {
  const [first, second] = [await startService(() => ({status: 200, body: {used: 40}})), await startService()];
  for (const {close} of [first, second]) onTestFinished(close);
  const auth = {auth: {env: 'ACME_KEY'}};
  const before = described('acme', `${first.origin}/v1`, auth);
  const {services, edited, accounts} = await running([before], {ACME_KEY: 'fake-acme-key-0001'});
  const control = await services.custom?.();
  const {definition} = control?.check(before) ?? {definition: null};
  if (definition === null) return expect.unreachable('it is no definition');
  await control?.trust(definition);
  onTestFinished(services.monitor.lease(['acme']));
  await until(
    () => accounts().some(each => percent(each) === 40),
    () => 'it was not read',
  );
  await edited([described('acme', `${second.origin}/v1`, auth)], () =>
    accounts().some(({failure}) => failure !== null),
  );
  expect(accounts()[0]?.failure?.detail).toBe('acme: not trusted yet; nothing was sent');
  expect(second.requests).toEqual([]);
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
