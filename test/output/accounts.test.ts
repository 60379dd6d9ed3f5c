import {describe, expect, it} from 'vitest';
import {whereOf} from '../../src/core/login-place.ts';
import type {SearchedPlace} from '../../src/core/login-search/search.ts';
import type {Account} from '../../src/core/provider.ts';
import type {CredentialRow} from '../../src/core/services.ts';
import {type AccountsTextOptions, accountsJson, accountsText} from '../../src/output/accounts.ts';
import {catalogue} from '../../src/providers/index.ts';
import {cellWidth} from '../../src/view/format/cells.ts';
import {stringsFor} from '../../src/view/strings/index.ts';
import {day, failure, hour, someNow} from '../support/state.ts';

const row = (more: Partial<Account> = {}, rest: Partial<CredentialRow> = {}): CredentialRow => ({
  account: {
    key: 'openai:3f2a91c0',
    provider: 'openai',
    label: 'user@example.com',
    source: 'codex auth.json',
    credential: {token: 'test-client-secret'},
    secrets: ['test-client-secret'],
    fingerprint: 'f00dfeed',
    expiresAt: someNow + 3 * day,
    stored: false,
    ...more,
  },
  hidden: false,
  masked: 'test…cret',
  storedId: null,
  ...rest,
});
const problem = row({
  key: 'zai:00000001',
  provider: 'zai',
  label: 'opencode auth.json',
  source: '/home/someone/auth.json',
  expiresAt: null,
  problem: failure('no_credentials', {
    detail: '/home/someone/auth.json: broken',
    remedy: {code: 'fix-file', name: '/home/someone/auth.json'},
  }),
});

const json = (rows: CredentialRow[], privacy = false) => JSON.parse(accountsJson(rows, {now: someNow, privacy}));
const options = (more: Partial<AccountsTextOptions> = {}): AccountsTextOptions => ({
  now: someNow,
  privacy: false,
  width: 80,
  color: false,
  strings: stringsFor('en', catalogue),
  names: {openai: 'OpenAI', zai: 'Z.ai'},
  ...more,
});

describe('accounts --json', () => {
  it('is the documented object without readings', () => {
    expect(json([row()])).toEqual({
      schema: 'mystatus/v1',
      accounts: [
        {
          provider: 'openai',
          account: 'openai:3f2a91c0',
          label: 'user@example.com',
          source: 'codex auth.json',
          endpoint: null,
          status: null,
          message: null,
          remedy: null,
          masked: 'test…cret',
          expiresAt: '2026-11-25T09:00:00.000Z',
          stored: false,
          hidden: false,
        },
      ],
    });
  });

  it('never holds the credential', () => {
    expect(accountsJson([row(), problem], {now: someNow, privacy: false})).not.toContain('test-client-secret');
  });

  it('says what is known without asking', () => {
    const expired = row({expiresAt: someNow - hour});
    const off = row({staticReading: {plan: null, windows: [], amounts: [], notes: [{code: 'disabled'}]}});
    expect(json([expired, problem, off]).accounts.map((each: {status: string}) => each.status)).toEqual([
      'expired',
      'no_credentials',
      'ok_empty',
    ]);
    expect(json([problem]).accounts[0]).toMatchObject({
      message: '/home/someone/auth.json: broken',
      remedy: expect.stringContaining('/home/someone/auth.json'),
    });
  });

  it('marks the logins of a provider that is switched off', () => {
    const {accounts} = JSON.parse(accountsJson([row(), problem], {now: someNow, privacy: false, disabled: ['openai']}));
    expect(accounts.map(({off}: {off?: boolean}) => off)).toEqual([true, undefined]);
    expect(accountsText([row({}, {hidden: true})], options({disabled: ['openai'], width: 120}))).toContain(
      '(switched off) (hidden) user@example.com',
    );
  });

  describe('for the providers that are named', () => {
    const key = {name: 'key file', files: [`~/.config/${'long/'.repeat(20)}key`], note: 'if nothing else is found'};
    const places: SearchedPlace[] = [
      {
        place: {name: 'environment', variables: ['ACME_KEY', 'ACME_TOKEN']},
        found: 'login',
        items: [
          {kind: 'variable', what: 'ACME_KEY', found: 'login'},
          {kind: 'variable', what: 'ACME_TOKEN', found: 'absent'},
        ],
      },
      {
        place: key,
        found: 'unreadable',
        why: '/home/someone/key of user@example.com: it is a directory',
        items: [
          {kind: 'file', what: key.files[0] ?? '', found: 'absent'},
          {kind: 'file', what: '~/projects/secret/key', found: 'unreadable', why: 'it is a directory'},
          {kind: 'program', what: 'acme', found: 'unused'},
        ],
      },
    ];
    const discovered = [{id: 'acme', name: 'Acme', places}];

    it('says where logins were looked for, and what was found there', () => {
      const text = accountsText([], options({discovered, width: 200}));
      expect(text.split('\n').slice(2)).toEqual([
        'Where Acme logins are looked up, in this order:',
        '  1  environment: login found',
        '       ACME_KEY: login found',
        '       ACME_TOKEN: not set',
        '  2  key file: cannot be read (/home/someone/key of user@example.com: it is a directory)',
        `       ${key.files[0]}: not there`,
        '       ~/projects/secret/key: cannot be read (it is a directory)',
        '       the command acme: there, not used',
        '       if nothing else is found',
        '',
      ]);
      for (const line of accountsText([], options({discovered, width: 60})).split('\n'))
        expect(cellWidth(line), line).toBeLessThanOrEqual(60);
      expect(accountsText([row()], options())).not.toContain('looked up');
    });

    it.each(['zh', 'ja'] as const)('says it in %s', language => {
      const text = accountsText([], options({discovered, width: 200, strings: stringsFor(language, catalogue)}));
      expect(text).toContain('ACME_KEY');
      expect(text).not.toMatch(/login found|not set|cannot be read|not used/);
    });

    it('says it in JSON, with the words of the catalogue', () => {
      const printed = JSON.parse(accountsJson([], {now: someNow, privacy: false, discovered}));
      expect(printed.places.acme).toEqual([
        {
          name: 'environment',
          where: ['ACME_KEY', 'ACME_TOKEN'],
          found: 'login',
          looked: [
            {kind: 'variable', what: 'ACME_KEY', found: 'login'},
            {kind: 'variable', what: 'ACME_TOKEN', found: 'absent'},
          ],
        },
        {
          name: 'key file',
          where: whereOf(key),
          found: 'unreadable',
          why: '/home/someone/key of user@example.com: it is a directory',
          looked: places[1]?.items,
        },
      ]);
    });

    it('hides with privacy what is not the same on every machine', () => {
      const text = accountsText([], options({discovered, width: 200, privacy: true}));
      expect(text).toContain(`       ${key.files[0]}: not there`);
      const json = accountsJson([], {now: someNow, privacy: true, discovered});
      for (const each of [text, json]) expect(each).not.toMatch(/someone|secret|user@/);
    });
  });

  it('hides identities and paths with privacy', () => {
    expect(JSON.stringify(json([row(), problem], true))).not.toMatch(/user@|someone/);
  });

  it('is an empty list when nothing was found', () => {
    expect(json([])).toEqual({schema: 'mystatus/v1', accounts: []});
  });
});

describe('accounts', () => {
  it('is a table with a line for each login and its problem below', () => {
    const text = accountsText([row({}, {hidden: true}), problem], options());
    expect(text).toMatch(/^Provider +Account +Found in +Credential +Expires$/m);
    expect(text).toMatch(/^OpenAI +\(hidden\) user@exa.* +codex auth\.json +test…cret +Nov 25/m);
    expect(text).toContain('  ! no usable login — repair /home/someone/auth.json');
    expect(accountsText([row({expiresAt: someNow - hour})], options())).toContain('expired 1h 00m');
  });

  it('fits every width in every language', () => {
    for (const language of ['en', 'zh', 'ja'] as const) {
      for (const width of [30, 40, 59, 60, 80, 200]) {
        const rows = [row({label: `${'長い名前'.repeat(9)}@example.com`}), problem];
        for (const line of accountsText(rows, options({width, strings: stringsFor(language, catalogue)})).split('\n')) {
          expect(cellWidth(line), line).toBeLessThanOrEqual(width);
        }
      }
    }
  });

  it('has colours only when told to', () => {
    expect(accountsText([problem], options())).not.toContain('\u001b');
    expect(accountsText([problem], options({color: true}))).toContain('\u001b[31m');
  });

  it('says so when nothing was found', () => {
    expect(accountsText([], options())).toBe('No logins found: nothing to show.\n');
  });
});
