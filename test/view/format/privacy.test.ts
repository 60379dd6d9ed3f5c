import {describe, expect, it} from 'vitest';
import {hideAccount, hideIdentities, hideIn} from '../../../src/view/format/privacy.ts';
import {account, failure, fresh, reading} from '../../support/state.ts';

describe('hiding identities', () => {
  it.each([
    ['mail person@corp.example now', 'person@corp.example'],
    ['/home/someone/.codex/auth.json', 'someone'],
    ['in ~/secret-project/auth.json', 'secret-project'],
    ['C:\\Users\\someone\\auth.json is broken', 'someone'],
  ])('hides it in “%s”', (text, name) => {
    expect(hideIn(text)).not.toContain(name);
  });
  it('keeps the last part of a path: it says what it is', () => {
    expect(hideIn('/home/someone/.codex/auth.json')).toBe('…/auth.json');
  });
  it('keeps web addresses, but not a name in them', () => {
    expect(hideIn('see https://example.com/a/b')).toBe('see https://example.com/a/b');
    expect(hideIn('see https://example.com/users/octocat', ['octocat'])).not.toContain('octocat');
  });
  it('keeps ordinary words', () => {
    expect(hideIn('connect ECONNREFUSED, 3/4 used')).toContain('ECONNREFUSED');
  });
  it('hides the label wherever it stands', () => {
    const hidden = hideAccount(
      account('copilot:1', 'octocat', reading('Pro', [], [], [{code: 'message', text: 'hello octocat'}]), {
        source: 'hosts.yml of octocat',
        failure: failure('expired', {
          detail: 'octocat signed out',
          remedy: {code: 'fix-file', name: '/home/octocat/x.json', url: 'https://example.com/octocat'},
        }),
      }),
    );
    expect(JSON.stringify({...hidden, key: ''})).not.toContain('octocat');
  });
  it('leaves keys and numbers alone', () => {
    const hidden = hideIdentities(fresh());
    expect(Object.keys(hidden.accounts)).toEqual(Object.keys(fresh().accounts));
    expect(hidden.accounts['openai:3f2a91c0']?.reading?.windows).toEqual(
      fresh().accounts['openai:3f2a91c0']?.reading?.windows,
    );
  });
});
