import {describe, expect, it} from 'vitest';
import {isLoopback, originFor} from '../../../src/system/http/origins.ts';
import {checkSettings} from '../../../src/system/settings/check.ts';

const fromVariable = (value: string) => originFor('openai', {MYSTATUS_OPENAI_URL: value}, null);
const fromSettings = (value: string) => originFor('openai', {}, value);
const namedInSettings = (value: string) =>
  checkSettings({providers: {openai: {url: value}}}, {providers: [{id: 'openai'}]}).problems;
const onlyThisMachine =
  'may only name this machine (localhost, 127.0.0.1, [::1]); another host must be set as providers.openai.url in config.json';

describe('a configured endpoint', () => {
  it.each([
    ['https://quota.example.com', 'https://quota.example.com'],
    ['https://quota.example.com/', 'https://quota.example.com'],
    ['https://Quota.Example.com:8443', 'https://quota.example.com:8443'],
    ['https://10.1.2.3:443', 'https://10.1.2.3'],
    ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
    [' https://quota.example.com\n', 'https://quota.example.com'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://127.8.9.10', 'http://127.8.9.10'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['HTTP://LOCALHOST:8080', 'http://localhost:8080'],
  ])('%j is accepted from the settings', (value, origin) => {
    expect(fromSettings(value)).toEqual({origin});
    expect(namedInSettings(value)).toEqual([]);
  });

  it.each([
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.8.9.10/', 'http://127.8.9.10'],
    ['https://127.0.0.1:8443', 'https://127.0.0.1:8443'],
    [' HTTP://[::1]:8080\n', 'http://[::1]:8080'],
  ])('%j is accepted from the environment', (value, origin) => {
    expect(fromVariable(value)).toEqual({origin});
  });

  it.each([
    'https://quota.example.com',
    'https://chatgpt.com',
    'https://10.1.2.3',
    'https://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://0.0.0.0:8080',
    'http://quota.example.com',
  ])('%j is refused from the environment, which a project may have set', value => {
    expect(fromVariable(value)).toEqual({problem: `MYSTATUS_OPENAI_URL ${onlyThisMachine}`});
  });

  it.each([
    ['quota.example.com', 'is not a URL'],
    ['ftp://quota.example.com', 'must begin with https://'],
    ['localhost:8080', 'must begin with https://'],
    ['file:///etc/passwd', 'must begin with https://'],
    ['http://quota.example.com', 'must be https:// (http:// only for this machine)'],
    ['http://10.0.0.1', 'must be https:// (http:// only for this machine)'],
    ['http://localhost.example.com', 'must be https:// (http:// only for this machine)'],
    ['http://127.0.0.1.example.com', 'must be https:// (http:// only for this machine)'],
    ['http://0.0.0.0:8080', 'must be https:// (http:// only for this machine)'],
    ['https://me:pass@quota.example.com', 'must not contain a user name or password'],
    ['https://@quota.example.com', 'must not contain a user name or password'],
    ['https://quota.example.com/v1', 'must not have a path: the service’s own paths are used'],
    ['https://quota.example.com/base', 'must not have a path: the service’s own paths are used'],
    ['http://localhost:8080/x', 'must not have a path: the service’s own paths are used'],
    ['https://quota.example.com?x=1', 'must not have a query or a fragment'],
    ['https://quota.example.com?', 'must not have a query or a fragment'],
    ['https://quota.example.com/#a', 'must not have a query or a fragment'],
    ['https://quota%2eexample.com', 'has an unusual host name'],
    ['https://quota.exаmple.com', 'has an unusual host name'],
    ['https://evil.example\\', 'has an unusual host name'],
    ['https:///quota.example.com', 'has an unusual host name'],
    ['http://2130706433', 'has an unusual host name'],
    ['http://127.1', 'has an unusual host name'],
    ['https://quota_x.example.com', 'has an unusual host name'],
    ['https://quo\tta.example.com', 'has an unusual host name'],
    ['https://quota.example.com:99999', 'is not a URL'],
  ])('%j is refused: it %s; the settings say what a request would', (value, reason) => {
    const isOfThisMachineOnly = reason.startsWith('must be https://');
    expect(fromVariable(value)).toEqual({
      problem: `MYSTATUS_OPENAI_URL ${isOfThisMachineOnly ? onlyThisMachine : reason}`,
    });
    expect(fromSettings(value)).toEqual({problem: `providers.openai.url ${reason}`});
    expect(namedInSettings(value)).toEqual([
      {path: 'providers.openai.url', text: `providers.openai.url: ${reason}; nothing is sent`},
    ]);
  });

  it('is none when nothing is set', () => {
    expect(originFor('openai', {}, null)).toEqual({origin: null});
    expect(originFor('openai', {MYSTATUS_OPENAI_URL: ' '}, ' ')).toEqual({origin: null});
    expect(originFor('openai', {MYSTATUS_ZAI_URL: 'http://127.0.0.1'}, null)).toEqual({origin: null});
  });

  it('comes from the variable rather than from the settings, even when it is bad', () => {
    const settings = 'https://settings.example.com';
    expect(originFor('zai', {MYSTATUS_ZAI_URL: 'http://127.0.0.1:1'}, settings)).toEqual({
      origin: 'http://127.0.0.1:1',
    });
    expect(originFor('zai', {MYSTATUS_ZAI_URL: 'nonsense'}, settings)).toEqual({
      problem: 'MYSTATUS_ZAI_URL is not a URL',
    });
    expect(originFor('zai', {}, settings)).toEqual({origin: settings});
  });

  it('names a provider with a hyphen as a variable can', () => {
    expect(originFor('my-own', {MYSTATUS_MY_OWN_URL: 'http://127.0.0.1:1'}, null)).toEqual({
      origin: 'http://127.0.0.1:1',
    });
  });
});

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['[::1]', true],
  ['localhost.example.com', false],
  ['128.0.0.1', false],
  ['127.0.0.1.example.com', false],
  ['[::]', false],
  ['0.0.0.0', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
