import {createHash} from 'node:crypto';
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {isSameEnvironment, watchEnvironment} from '../../../src/system/roster/environment.ts';
import {sha256} from '../../../src/system/roster/sha256.ts';

it('the hash is SHA-256, of a text of any length and in any letters', () => {
  const expected = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
  for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000])
    expect(sha256('x'.repeat(length))).toBe(expected('x'.repeat(length)));
  fc.assert(fc.property(fc.string({unit: 'grapheme', maxLength: 300}), text => sha256(text) === expected(text)));
});

it('an environment is another one when a variable that was read is another', () => {
  const env = {HOME: '/home/somebody', ACME_KEY: 'invented', PWD: '/tmp'};
  const watched = watchEnvironment(env);
  expect([watched.env.ACME_KEY, watched.env.OTHER_KEY]).toEqual(['invented', undefined]);
  const seen = watched.seen();
  expect(seen.variables).toEqual(['ACME_KEY', 'HOME', 'MYSTATUS_LEDGER', 'OTHER_KEY', 'USERPROFILE']);
  expect(JSON.stringify(seen)).not.toContain('invented');
  expect(isSameEnvironment({...env, PWD: '/', SHLVL: '2', OTHER_KEY: ''}, seen)).toBe(true);
  expect(isSameEnvironment({...env, ACME_KEY: 'changed'}, seen)).toBe(false);
  expect(isSameEnvironment({HOME: env.HOME}, seen)).toBe(false);
  expect(isSameEnvironment({...env, OTHER_KEY: 'new'}, seen)).toBe(false);
  expect(isSameEnvironment({...env, HOME: '/root'}, seen)).toBe(false);
});
