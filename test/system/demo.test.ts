import {describe, expect, it} from 'vitest';
import type {DemoService} from '../../src/core/provider.ts';
import {createDemoMachine, createDemoWire} from '../../src/system/demo.ts';

const hour = 3_600_000;
const service: DemoService = {
  files: now => ({'.codex/auth.json': JSON.stringify({madeAt: now}), '.config/tool/apps.json': '{}'}),
  answer: (request, now) => ({status: 200, headers: {'X-Demo': 'yes'}, body: {request, now}}),
};
const other: DemoService = {files: () => ({'.config/other.txt': 'text'}), answer: () => ({status: 404, body: 'none'})};
const machineAt = (now: () => number) => createDemoMachine({openai: service, other}, now, text => `hash of ${text}`);
const sharing = (...texts: string[]) => {
  const services = texts.map((text, index) => [`${index}`, {...other, files: () => ({'.tool.json': text})}]);
  return createDemoMachine(Object.fromEntries(services), () => 0, String);
};

describe('the machine of the demo', () => {
  const machine = machineAt(() => 10 * hour);

  it('holds the files of all services in one home directory', async () => {
    expect(await machine.readJson('/home/demo/.codex/auth.json')).toEqual({state: 'ok', value: {madeAt: 10 * hour}});
    expect(await machine.readText('/home/demo/.config/other.txt')).toEqual({state: 'ok', text: 'text'});
    expect(await machine.list('/home/demo/.config/')).toEqual(['other.txt', 'tool']);
    expect(await machine.list('/home/demo/.config/tool')).toEqual(['apps.json']);
  });

  it('joins what services keep in one JSON file', async () => {
    const key = (name: string) => ({provider: {[name]: {options: {apiKey: `key of ${name}`}}}, version: 1});
    const shared = sharing(JSON.stringify(key('a')), JSON.stringify(key('b')));
    expect(await shared.readJson('/home/demo/.tool.json')).toEqual({
      state: 'ok',
      value: {version: 1, provider: {...key('a').provider, ...key('b').provider}},
    });
  });

  it.each([
    ['a value', '{"a": {"key": 1}}', '{"a": {"key": 2}}', '.tool.json: a: key'],
    ['a list', '{"a": [1]}', '{"a": [2]}', '.tool.json: a'],
    ['an object and a value', '{"a": {}}', '{"a": null}', '.tool.json: a'],
    ['files that are no JSON', 'a', 'b', '.tool.json'],
  ])('refuses services that need different contents: %s', async (_, one, other, where) => {
    await expect(sharing(one, other).readText('/home/demo/.tool.json')).rejects.toThrow(new RegExp(`: ${where}$`));
  });

  it('leaves a file as it is that two services write alike', async () => {
    expect(await sharing('key\n', 'key\n').readText('/home/demo/.tool.json')).toEqual({state: 'ok', text: 'key\n'});
  });

  it('holds nothing else', async () => {
    expect(machine.env).toEqual({});
    expect(await machine.readText('/etc/passwd')).toEqual({state: 'missing'});
    expect(await machine.readJson('/home/demo/.codex')).toEqual({state: 'missing'});
    expect(await machine.list('/home')).toEqual(['demo']);
    expect(await machine.list('/etc')).toEqual([]);
    expect(await machine.query('/home/demo/opencode.db', 'select 1')).toEqual({state: 'missing'});
    expect(await machine.which('agy')).toBeNull();
    expect((await machine.run('/bin/sh', [], {timeoutMs: 1})).code).toBe(127);
    expect(await machine.stored('openai')).toEqual([]);
    expect(machine.setting('google', 'clientId')).toBeUndefined();
    expect(machine.sha256('x')).toBe('hash of x');
  });

  it('has the variables and programs of the services', async () => {
    const env = {TOOL_KEY: 'key'};
    const programs = (now: number) => ({tool: {'usage --json': `used at ${now}`}});
    const service = {...other, env, programs};
    const machine = createDemoMachine({service, other}, () => 7, String);
    expect(machine.env).toEqual(env);
    const path = (await machine.which('tool')) ?? '';
    expect([path, await machine.which('agy')]).toEqual(['/home/demo/.local/bin/tool', null]);
    const wire = createDemoWire(service, () => 7, '1', {delayMs: 0});
    const run = async (program: string, ...args: string[]) => {
      const {code, stdout} = await wire.run(program, args, {timeoutMs: 1});
      return [code, stdout];
    };
    expect(await run(path, 'usage', '--json')).toEqual([0, 'used at 7']);
    expect(await run(path, 'other')).toEqual([2, '']);
    expect(await run('/bin/sh', 'usage', '--json')).toEqual([127, '']);
  });

  it('makes its files anew once an hour, so that no login expires', async () => {
    let now = 10 * hour;
    const aging = machineAt(() => now);
    const madeAt = async () => await aging.readJson('/home/demo/.codex/auth.json');
    now += hour - 1;
    expect(await madeAt()).toMatchObject({value: {madeAt: 10 * hour}});
    now += 1;
    expect(await madeAt()).toMatchObject({value: {madeAt: 11 * hour}});
  });
});

describe('the network of the demo', () => {
  const wire = createDemoWire(service, () => 42, '1.2.3', {delayMs: 0});

  it('answers as the service does', async () => {
    const {status, headers, text} = await wire.send({
      method: 'POST',
      url: 'https://a.example.com/b?c=d',
      headers: {'X-A': '1'},
      body: 'e',
    });
    expect({status, headers}).toEqual({status: 200, headers: {'content-type': 'application/json', 'x-demo': 'yes'}});
    const request = {method: 'POST', path: '/b?c=d', headers: {'x-a': '1'}, body: 'e'};
    expect(JSON.parse(text)).toEqual({request, now: 42});
  });

  it('gives text as it is', async () => {
    const answer = await createDemoWire(other, () => 0, '1', {delayMs: 0}).send({url: 'https://a.example.com/'});
    expect(answer).toEqual({status: 404, headers: {'content-type': 'text/plain'}, text: 'none'});
  });

  it('stops waiting on abort', async () => {
    const abort = new AbortController();
    const slow = createDemoWire(service, () => 0, '1', {delayMs: 60_000, signal: abort.signal});
    const sending = slow.send({url: 'https://a.example.com/'});
    abort.abort();
    await expect(sending).rejects.toBe(abort.signal.reason);
    await expect(slow.send({url: 'https://a.example.com/'})).rejects.toMatchObject({name: 'AbortError'});
  });

  it('runs no program and knows clock and version', async () => {
    expect((await wire.run('/bin/sh', [], {timeoutMs: 1})).code).toBe(127);
    expect([wire.now(), wire.version]).toEqual([42, '1.2.3']);
  });
});
