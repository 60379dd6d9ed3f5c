import {describe, expect, it} from 'vitest';
import {apiOrigin, githubHost} from '../../../src/providers/copilot/hosts.ts';
import {copilot} from '../../../src/providers/copilot/index.ts';
import {targetOf} from '../../../src/system/http/target.ts';

describe('the host that a token belongs to', () => {
  it.each([
    ['acme.ghe.com', 'acme.ghe.com'],
    ['https://acme.ghe.com', 'acme.ghe.com'],
    ['https://Acme-2.GHE.com/', 'acme-2.ghe.com'],
    ['github.com', 'github.com'],
    ['https://github.com/', 'github.com'],
  ])('is taken from %s', (text, host) => {
    expect(githubHost(text)).toBe(host);
    expect(targetOf(`${apiOrigin(host)}/user`, copilot.hosts, null).hostname).toBe(`api.${host}`);
  });

  it.each([
    'ghe.com',
    'api.ghe.com',
    'api.acme.ghe.com',
    'https://api.acme.ghe.com',
    'a.b.ghe.com',
    'acme.ghe.com.evil.example',
    'evil.example/acme.ghe.com',
    'evil.example#.ghe.com',
    'user@acme.ghe.com',
    'https://user:word@acme.ghe.com',
    'acme.ghe.com:8443',
    'https://acme.ghe.com/path',
    'https://acme.ghe.com?x=1',
    'http://acme.ghe.com',
    'acme.ghe.com\nevil.example',
    'acme_ghe.com',
    '-.ghe.com',
    'ghe.example.com',
    '',
  ])('is not taken from %j', text => {
    expect(githubHost(text)).toBeUndefined();
  });
});
