import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {compose} from '../../src/compose.ts';
import type {Services} from '../../src/core/services.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';
import {type Handler, type Service, startService} from '../support/service.ts';

/** "add" with everything real: the settings, the store of credentials, the record of trust, and a service on loopback. */

const secret = 'fake-acme-key-000001';
const body = {data: {used: 30, max: 120, until: '2099-01-01T00:00:00Z', note: 'a private remark'}};

let home: string;
let service: Service;
let services: Services;
let screen: TestScreen;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'mystatus-describe-'));
  service = await startService(() => ({status: 200, body}));
});
afterEach(async () => {
  await screen.close();
  await services.close();
  await service.close();
  rmSync(home, {recursive: true, force: true});
});

const sizes = [
  {columns: 40, rows: 12},
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
];
const says = (text: string): Promise<void> => screen.until(shown => shown.includes(text));
/** Wherever its lines break. */
const tells = (text: string): Promise<void> =>
  screen.until(shown => shown.replace(/[\s│┃]+/g, '').includes(text.replace(/\s+/g, '')));
const paste = (text: string): void => screen.send(`\u001b[200~${text}\u001b[201~`);
/** In which field the cursor stands, and how many there are. */
let [at, count] = [0, 0];
function type(down: number, text: string): void {
  screen.send((down < 0 ? '\u001b[A' : '\t').repeat(Math.abs(down)));
  at += down;
  paste(text);
}
const kept = (name: string): unknown => {
  const path = join(home, `${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
};
const isNothingKept = (): boolean => ['config', 'credentials', 'trust'].every(name => kept(name) === null);

async function open(
  size = {columns: 80, rows: 24},
  env: Record<string, string> = {},
  handler?: Handler,
): Promise<void> {
  if (handler) service.answerWith(handler);
  const places = {HOME: home, MYSTATUS_CONFIG_DIR: home, MYSTATUS_STATE_DIR: home};
  const options = {demo: undefined, providers: undefined, ledger: false, live: true, override: <T>(each: T): T => each};
  services = await compose({env: {...places, ...env}, ...options});
  screen = openTestScreen(services, size);
  screen.send('c');
  await says('No logins found');
}

/** Opens an entry of the list, and fills in fields of its page: for each, how many further down it is, and its text. */
async function fill(entry: string, fields: readonly (readonly [number, string])[]): Promise<void> {
  screen.send('a');
  await says('Which provider?');
  screen.send(entry);
  await screen.until(text => new RegExp(`▸ .*${entry}`, 'i').test(text));
  screen.send('\r');
  await says('1 of ');
  [at, count] = [0, Number(/1 of (\d+)/.exec(screen.text())?.[1])];
  for (const [down, text] of fields) type(down, text);
}

/** From the field with the cursor to the last one, where Enter tries it. */
const submit = (): void => screen.send(`${'\t'.repeat(count - 1 - at)}\r`);

describe('a service of one’s own', () => {
  it.each(sizes)('is described, seen, tried and only then kept, in $columns×$rows', async size => {
    await open(size);
    await fill('service', [
      [0, secret],
      [1, 'Acme'],
      [1, `${service.origin}/v1`],
      [2, 'x-api-key'],
      [1, 'weekly'],
      [1, 'data.used'],
      [2, 'data.max'],
      [1, 'requests'],
      [2, 'data.until'],
    ]);
    submit();
    await tells(`GET ${service.origin}/v1`);
    await tells('x-api-key: <the key you typed>');
    expect([service.requests, isNothingKept()]).toEqual([[], true]);
    screen.send('y');
    await tells('It works. Save it? (y/n)');
    await tells('25% · 30 of 120 requests');
    expect(service.requests.map(({path, headers}) => [path, headers['x-api-key']])).toEqual([['/v1', secret]]);
    expect(isNothingKept()).toBe(true);
    screen.send('y');
    await screen.until(() => services.catalogue.some(({id}) => id === 'acme'));
    await says('Acme');
    await screen.until(text => text.includes('Acme') && !text.includes('Save it'));
    expect(kept('config')).toMatchObject({
      customProviders: [{id: 'acme', http: {auth: {header: 'x-api-key', scheme: '', stored: true}}}],
    });
    expect(kept('credentials')).toMatchObject({
      credentials: [{provider: 'acme', secret, fields: {boundTo: service.origin}}],
    });
    screen.send('\u001b');
    await screen.until(text => /25%/.test(text));
    expect(screen.bytes()).not.toContain(secret);
    expect(screen.bytes()).not.toContain('a private remark');
  });

  it('shows its answer before anybody has to know where the figures are', async () => {
    await open();
    await fill('service', [
      [1, 'Acme'],
      [1, `${service.origin}/v1`],
    ]);
    submit();
    await says('Go on? (y/n)');
    screen.send('y');
    await tells('This is the answer. Go back with Esc');
    await says('data.used  number');
    screen.send('y');
    screen.send('\u001b');
    await says('13 of 13');
    at = 12;
    type(-7, 'balance');
    type(1, 'data.used');
    type(3, 'usd');
    submit();
    await says('Go on? (y/n)');
    screen.send('y');
    await says('$30');
    expect(isNothingKept()).toBe(true);
    screen.send('y');
    await screen.until(() => services.catalogue.some(({id}) => id === 'acme'));
  });

  it('says which figure was not there, what is there instead, and is kept only if one insists', async () => {
    await open();
    await fill('service', [
      [1, 'Acme'],
      [1, `${service.origin}/v1`],
      [3, '5h'],
      [1, 'data.usd'],
    ]);
    submit();
    await says('Go on? (y/n)');
    screen.send('y');
    await tells('windows[0].usedPercent: "data.usd" is missing; there are: data.used, data.max, data.until, data.note');
    screen.send('n');
    await says('13 of 13');
    expect(isNothingKept()).toBe(true);
  });

  it.each([
    ['http.url', 'http://acme.example/v1', '5h', 'u', 'must be https, or http on this machine', '3 of 13'],
    ['its limit', 'https://acme.example/v1', 'fortnightly', 'u', 'is not a window’s id', '6 of 13'],
    ['its path', 'https://acme.example/v1', '5h', 'data..used', '"data..used" is not a path', '7 of 13'],
  ])('is refused at the field that is wrong: %s', async (_, url, limit, used, why, place) => {
    await open();
    await fill('service', [
      [1, 'Acme'],
      [1, url],
      [3, limit],
      [1, used],
    ]);
    submit();
    await screen.until(text =>
      text
        .replace(/[’']/g, '’')
        .replace(/[\s│┃]+/g, ' ')
        .includes(why),
    );
    await says(place);
    expect([service.requests, isNothingKept()]).toEqual([[], true]);
  });

  it('that takes its key out of a variable is trusted by keeping it, with exactly what is shown', async () => {
    await open({columns: 80, rows: 24}, {ACME_KEY: secret});
    await fill('service', [
      [1, 'Acme'],
      [1, `${service.origin}/v1`],
      [1, '$ACME_KEY'],
      [2, 'total'],
      [1, 'data.used'],
    ]);
    submit();
    await says('Authorization: Bearer $ACME_KEY');
    await says('(this machine)');
    screen.send('y');
    await tells('By saving it you trust it with exactly this');
    expect(service.requests[0]?.headers.authorization).toBe(`Bearer ${secret}`);
    expect(isNothingKept()).toBe(true);
    screen.send('y');
    await screen.until(() => kept('trust') !== null);
    expect(Object.keys((kept('trust') as {trusted: object}).trusted)).toEqual(['acme']);
    await screen.until(() => service.requests.length > 1);
    expect(screen.bytes()).not.toContain(secret);
  });

  it('is shown whole before anything is sent, however long its address and small the screen', async () => {
    await open({columns: 40, rows: 12}, {ACME_KEY: secret});
    const path = Array.from({length: 60}, (_, at) => `part${at}`).join('/');
    await fill('service', [
      [1, 'Acme'],
      [1, `${service.origin}/${path}/the-end`],
      [1, 'ACME_KEY'],
      [2, 'total'],
      [1, 'data.used'],
    ]);
    submit();
    await says('Go on? (y/n)');
    expect(screen.text()).not.toContain('the-end');
    for (let row = 0; row < 20; row += 1) screen.send('\u001b[B');
    await says('$ACME_KEY');
    await says('Go on? (y/n)');
    expect(service.requests).toEqual([]);
  });

  it('goes back with Esc, step by step, and asks before what was typed is lost', async () => {
    await open();
    await fill('service', [
      [1, 'Acme'],
      [1, `${service.origin}/v1`],
    ]);
    submit();
    await says('Go on? (y/n)');
    screen.send('\u001b');
    await says('13 of 13');
    screen.send('\u001b');
    await says(':service');
    screen.send('\u001b');
    await says('Discard what you typed?');
    screen.send('y');
    await says('No logins found');
    expect([service.requests, isNothingKept()]).toEqual([[], true]);
  });
});

it('what is not in the list can still be described', async () => {
  await open();
  screen.send('a');
  await says('Which provider?');
  screen.send('qqqqq');
  await says('▸ Describe a service of your own');
  await says('Describe a program of your own');
});

it('a preset asks for one’s address and key, and the rest is shipped', async () => {
  const answer = {
    code: true,
    data: {
      name: 'laptop',
      total_granted: 5_000_000,
      total_used: 1_250_000,
      total_available: 3_750_000,
      unlimited_quota: false,
    },
  };
  await open({columns: 80, rows: 24}, {}, () => ({status: 200, body: answer}));
  await fill('New API', [
    [0, secret],
    [1, 'https://not.the.right/place'],
  ]);
  screen.send('\u0015');
  paste(service.origin);
  submit();
  await says('Go on? (y/n)');
  screen.send('y');
  await tells('25% · $2.50 of $10');
  screen.send('y');
  await screen.until(() => kept('credentials') !== null);
  expect(kept('config')).toMatchObject({
    customProviders: [{id: 'new-api', http: {url: `${service.origin}/api/usage/token/`}}],
  });
});

it('a program of one’s own is shown with its arguments, run once, and kept with what it may be given', async () => {
  const directory = join(home, 'bin');
  mkdirSync(directory, {mode: 0o700});
  const path = join(directory, 'gauge');
  const reading = {windows: [{id: '5h', usedPercent: 37.5}]};
  writeFileSync(
    path,
    `#!/bin/sh\n[ "$1" = --json ] && [ "$FARM_API_KEY" = ${secret} ] && echo '${JSON.stringify(reading)}'\n`,
  );
  chmodSync(path, 0o700);
  await open({columns: 80, rows: 24});
  await fill('program', [
    [0, secret],
    [1, 'Farm'],
    [1, '~/bin/gauge'],
    [1, '--json'],
  ]);
  submit();
  await tells(`${path} "--json"`);
  await says('handed over: FARM_API_KEY');
  expect(isNothingKept()).toBe(true);
  screen.send('y');
  await tells('It works. Save it? (y/n)');
  await says('38%');
  expect(isNothingKept()).toBe(true);
  screen.send('y');
  await screen.until(() => kept('credentials') !== null);
  expect(kept('config')).toMatchObject({
    customProviders: [{id: 'farm', command: {run: ['~/bin/gauge', '--json'], secretEnv: 'FARM_API_KEY'}}],
  });
  screen.send('\u001b');
  await screen.until(text => /38%/.test(text));
});
