import {describe, expect, it} from 'vitest';
import {ghLogins} from '../../../src/providers/copilot/gh-hosts.ts';

describe('gh’s hosts.yml', () => {
  it('is read as gh writes it today', () => {
    const text = `github.com:
    users:
        octocat:
            oauth_token: gho_first
        monalisa:
            oauth_token: gho_second
    git_protocol: https
    oauth_token: gho_first
    user: octocat
acme.ghe.com:
    oauth_token: gho_third # of the company
    user: "octo_acme"
`;
    expect(ghLogins(text)).toEqual([
      {host: 'github.com', login: 'octocat', token: 'gho_first', isActive: true},
      {host: 'github.com', login: 'monalisa', token: 'gho_second', isActive: false},
      {host: 'acme.ghe.com', login: 'octo_acme', token: 'gho_third', isActive: true},
    ]);
  });

  it('is read in its older form, without a map of users', () => {
    expect(ghLogins('github.com:\r\n  user: octocat\r\n  oauth_token: "gho_first"\r\n')).toEqual([
      {host: 'github.com', login: 'octocat', token: 'gho_first', isActive: true},
    ]);
  });

  it('names a user whose token is in the keyring', () => {
    const text = 'github.com:\n    users:\n        octocat:\n        monalisa:\n    user: octocat\n';
    expect(ghLogins(text)).toEqual([
      {host: 'github.com', login: 'octocat', isActive: true},
      {host: 'github.com', login: 'monalisa', isActive: false},
    ]);
  });

  it('takes the active user’s own token when the host has none', () => {
    const text = 'github.com:\n  user: octocat\n  users:\n    octocat:\n      oauth_token: gho_first\n';
    expect(ghLogins(text)).toMatchObject([{login: 'octocat', token: 'gho_first'}]);
  });

  it.each(['', '{}', 'github.com: {}', '- a\n- b', '# nothing', ':::\n\t:\n', '<html>', 'github.com:\n  users: {}\n'])(
    'gives nothing for %j',
    text => {
      expect(ghLogins(text)).toEqual([]);
    },
  );
});

it('is not held up by a file that is nothing but blanks', () => {
  const blanks = ' '.repeat(200_000);
  expect(ghLogins(`a${blanks}b\nc:${blanks}d\n"e${blanks}f\ng: "${blanks}\n`)).toEqual([]);
});
