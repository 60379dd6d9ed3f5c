import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Machine} from '../../../src/core/provider.ts';
import {createRedactor} from '../../../src/core/text/redact.ts';
import {revealing, revealingName, withSafeLabels} from '../../../src/core/text/reveal.ts';
import {anAccount, aProvider} from '../../support/monitor.ts';

const secret = 'Test-Client-Secret-9f31-Abc';

describe('a text that is shown beside a secret', () => {
  it.each([
    ['the secret', secret],
    ['the secret in a sentence', `my ${secret} key`],
    ['the secret in other letters', secret.toUpperCase()],
    ['the secret with spaces in it', `${secret.slice(0, 9)} ${secret.slice(9)}`],
    ['the secret with something invisible in it', `${secret.slice(0, 9)}\u200b${secret.slice(9)}`],
    ['twelve characters of its beginning', secret.slice(0, 12)],
    ['twelve characters of its middle, among others', `a ${secret.slice(5, 17)} b`],
    ['the secret, cut', `${secret.slice(0, 20)}…`],
  ])('reveals it as %s', (_, text) => {
    expect(revealing(text, ['other', secret])).toBe('is-secret');
  });

  it.each([
    ['nothing', ''],
    ['eleven characters of it', secret.slice(0, 11)],
    ['its mask', 'Test…-Abc'],
    ['a name', 'work'],
    ['an address', 'someone.with.a.long.name2026@example.com'],
    ['an id', '0190f2b4-5a6c-7d8e-9f00-112233445566'],
    ['a name of many words', 'my_work_account_2026_main/team-7'],
  ])('does not reveal it as %s', (_, text) => {
    expect(revealingName(text, [secret])).toBeNull();
  });

  it('reveals a short secret only when it is there whole', () => {
    expect(revealing('1234', ['1234'])).toBe('is-secret');
    expect(revealing('1234 main street', ['1234'])).toBeNull();
    expect(revealing('key abcdef', ['abcdef'])).toBe('is-secret');
    expect(revealing('anything', ['', ' '])).toBeNull();
  });

  it('reveals what looks like a secret, a name more easily than a field', () => {
    const id = '0123456789abcdef01234567';
    expect(revealing(`ghp_${'a1'.repeat(18)}`, [])).toBe('looks-secret');
    expect(revealing(`${'0f'.repeat(16)}.abcdefgh`, [])).toBe('looks-secret');
    expect([revealing(id, []), revealingName(id, [])]).toEqual([null, 'looks-secret']);
  });

  it('reveals every piece of twelve characters, wherever it stands', () => {
    const piece = fc.tuple(fc.nat(secret.length - 12), fc.integer({min: 12, max: secret.length}));
    fc.assert(
      fc.property(piece, fc.string(), fc.string(), ([from, length], before, after) => {
        const cut = secret.slice(from, from + length);
        return (
          cut.length < 12 || revealing(`${before.replace(/\u001b/g, '')} ${cut} ${after}`, [secret]) === 'is-secret'
        );
      }),
    );
  });
});

describe('a provider with safe labels', () => {
  it('is read at the places that are wanted, and at all of them when none is named', async () => {
    const zai = aProvider('zai');
    const wanted: unknown[] = [];
    zai.discover = async (_, only) => {
      wanted.push(only);
      return [anAccount({label: secret, secrets: [secret]})];
    };
    const safe = withSafeLabels(zai, createRedactor());
    const [account] = await safe.discover({} as Machine, ['stored']);
    await safe.discover({} as Machine);
    expect(wanted).toEqual([['stored'], undefined]);
    expect(account?.label).toBe('Test…-Abc');
  });
});
