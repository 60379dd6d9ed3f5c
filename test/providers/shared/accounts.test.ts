import {expect, it} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import {problemAccount, uniqueAccounts} from '../../../src/providers/shared/accounts.ts';
import {now, withHome} from './home.ts';

const account = (source: string, rest: Partial<Account> = {}): Account => ({
  key: 'p:1',
  provider: 'p',
  label: 'l',
  source,
  credential: null,
  secrets: [],
  fingerprint: 'f',
  expiresAt: null,
  stored: false,
  ...rest,
});
const broken = (source: string): Account =>
  account(source, {problem: {code: 'no_credentials', detail: 'x', retryAt: null, remedy: null}});
const winners = (accounts: Account[], at?: number): string[] => uniqueAccounts(accounts, at).map(({source}) => source);
const [sooner, later] = [{expiresAt: now + 1}, {expiresAt: now + 2}];

it('keeps the login that ends later', () => {
  expect(winners([account('a', sooner), account('b', later)])).toEqual(['b']);
  expect(winners([account('a', later), account('b', sooner)])).toEqual(['a']);
});

it('keeps the earlier place where the ends are equal or not told', () => {
  expect(winners([account('a', sooner), account('b', sooner)])).toEqual(['a']);
  expect(winners([account('a'), account('b', later)])).toEqual(['a']);
  expect(winners([account('a', later), account('b')])).toEqual(['a']);
  expect(winners([account('a'), account('b')])).toEqual(['a']);
});

it('lets a login that has ended give way to one whose end is not told', () => {
  expect(winners([account('a', {expiresAt: now - 1}), account('b')], now)).toEqual(['b']);
  expect(winners([account('a', {expiresAt: now + 1}), account('b')], now)).toEqual(['a']);
});

it('prefers a login that works to a problem, in either order', () => {
  expect(winners([broken('a'), account('b', sooner)])).toEqual(['b']);
  expect(winners([account('a', sooner), broken('b')])).toEqual(['a']);
  expect(winners([broken('a'), broken('b')])).toEqual(['a']);
});

it('leaves different accounts alone, in the order in which they were found', () => {
  const other = account('b', {key: 'p:2'});
  expect(winners([account('a', sooner), other, account('c', later)])).toEqual(['c', 'b']);
});

it('makes an account of a problem: one clean line, a stable key, no credential', async () => {
  const machine = (await withHome()).machine();
  const init = {source: 'some file', why: 'it is\n\u001b[31mbroken', remedy: 'fix-file'} as const;
  const problem = problemAccount(machine, 'openai', init);
  expect(problem).toMatchObject({
    label: 'some file',
    credential: null,
    problem: {code: 'no_credentials', detail: 'some file: it is broken', remedy: {code: 'fix-file', name: 'some file'}},
  });
  expect(problemAccount(machine, 'openai', {...init, why: 'worse'}).key).toBe(problem.key);
  expect(problemAccount(machine, 'openai', {...init, why: 'worse'}).fingerprint).not.toBe(problem.fingerprint);
});
