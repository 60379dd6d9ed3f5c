import {describe, expect, it} from 'vitest';
import type {StoredCredential} from '../../../src/core/provider.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {onKeychain} from '../../../src/providers/shared/stored.ts';
import {createMachine} from '../../../src/system/machine.ts';
import {aProvider} from '../../support/monitor.ts';

const provider = catalogue.find(({id}) => id === 'zai');
const problem = 'the keychain is locked or denied access';
const entry = (id: string, more: Partial<StoredCredential> = {}): StoredCredential => ({
  id,
  provider: 'zai',
  secret: `test-client-secret-${id}`,
  fields: {},
  ...more,
});

async function found(...entries: StoredCredential[]) {
  const machine = createMachine({env: {}, home: '/nonexistent', stored: async () => entries});
  return provider === undefined ? [] : onKeychain(provider).discover(machine);
}

describe('a provider whose stored credentials are in the keychain', () => {
  it('says so of each of them, and of no other', async () => {
    const accounts = await found(entry('1'), entry('2', {keychain: true}));
    expect(accounts.map(({source}) => source)).toEqual(['mystatus-tui login', 'mystatus-tui login (keychain)']);
  });

  it('shows those whose secret cannot be had with the reason and what to do; the others go on', async () => {
    const accounts = await found(entry('1', {keychain: true, secret: '', problem, label: 'work'}), entry('2'));
    expect(accounts).toHaveLength(2);
    expect(accounts[0]).toMatchObject({source: 'mystatus-tui login', secrets: ['test-client-secret-2']});
    expect(accounts[1]).toMatchObject({
      key: expect.stringMatching(/^zai:[0-9a-f]{8}$/),
      label: 'work',
      source: 'mystatus-tui login (keychain)',
      secrets: [],
      stored: true,
      problem: {
        code: 'no_credentials',
        detail: `mystatus-tui login (keychain): ${problem}`,
        remedy: {code: 'keychain', name: 'zai'},
      },
    });
  });

  it('tells several apart', async () => {
    const broken = {keychain: true, secret: '', problem} as const;
    const accounts = await found(entry('1', broken), entry('2', broken), entry('3', {keychain: true}));
    expect(new Set(accounts.map(({key}) => key)).size).toBe(3);
    expect(accounts.map(({source}) => source).sort()).toEqual(
      ['1', '2', '3'].map(id => `mystatus-tui login (keychain ${id})`),
    );
  });

  it('is as it was without any', async () => {
    expect(await found()).toEqual([]);
    expect(await found(entry('1'))).toHaveLength(1);
  });

  it('is read at the places that are wanted, with a keychain and without', async () => {
    const wanted: unknown[] = [];
    const zai = aProvider('zai', []);
    zai.discover = async (_, only) => {
      wanted.push(only);
      return [];
    };
    for (const entries of [[entry('1')], [entry('1', {keychain: true})]])
      await onKeychain(zai).discover(createMachine({env: {}, stored: async () => entries}), ['environment']);
    expect(wanted).toEqual([['environment'], ['environment']]);
  });
});
