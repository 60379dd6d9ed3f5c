import {describe, expect, it} from 'vitest';
import type {FailureCode} from '../../../src/core/model.ts';
import {refusalOf} from '../../../src/providers/zhipu/errors.ts';
import {parseQuota} from '../../../src/providers/zhipu/parse.ts';
import {failureOf, now} from './support.ts';

const meanings: [FailureCode, number[]][] = [
  ['auth_rejected', [401, 1000, 1001, 1002, 1003, 1004]],
  ['auth_rejected', [1005, 1100, 1110, 1111, 1112, 1120, 1121]],
  ['auth_rejected', [1220, 403]],
  ['no_plan', [1113, 1311]],
  ['plan_expired', [1309]],
  ['rate_limited', [1302, 1303, 1304, 1305, 1312, 429, 1308, 1310, 1313]],
  ['server_error', [1200, 1230, 1234, 500, 502, 503, 504, 599]],
];
const rows = meanings.flatMap(([code, numbers]) => numbers.map(number => [number, code] as const));

describe('codes in the body', () => {
  it.each(rows)('%i means %s, as a number, as a text and inside an error', async (number, code) => {
    const bodies = [
      {code: number, msg: 'why', success: false},
      {code: String(number), message: 'why', success: false, data: null},
      {error: {code: number, message: 'why'}},
      {error: {type: String(number), message: 'why'}},
    ];
    for (const body of bodies) {
      const failure = await failureOf(() => parseQuota(body, now));
      expect([failure.code, failure.message]).toEqual([code, `code ${number}: why`]);
    }
  });

  it('gives every refused key a remedy with the page to look at', () => {
    const failure = refusalOf({code: 1003, success: false}, {url: 'https://z.ai/'});
    expect(failure?.remedy).toEqual({code: 'check-key', url: 'https://z.ai/'});
  });

  it('knows nothing of strange codes: the status decides about those', () => {
    expect(refusalOf({code: 1211, success: false})).toBeUndefined();
    expect(refusalOf({code: 4711, success: false})).toBeUndefined();
    expect(refusalOf('code 401')).toBeUndefined();
  });

  it('does not look for an error in an answer that is accepted', () => {
    expect(refusalOf({success: true, code: 200, error: {code: 1302}})).toBeUndefined();
  });

  it('lets a rate limit say until when, and a refused key not', () => {
    expect(refusalOf({code: 1302, success: false}, {retryAt: 5})?.retryAt).toBe(5);
    expect(refusalOf({code: 401, success: false}, {retryAt: 5})?.retryAt).toBeNull();
  });
});

describe('a valid key without a plan', () => {
  it.each([
    [{code: 500, msg: '当前用户不存在coding plan', success: false}],
    [{code: '500', message: 'No Coding Plan for this user', success: false}],
    [{error: {code: 500, message: 'user has no coding plan'}}],
  ])('is told apart from a server error: %j', body => {
    expect(refusalOf(body)?.code).toBe('no_plan');
  });

  it.each([
    ['server_error', {code: 500, msg: 'internal error', success: false}],
    ['server_error', {code: 500, msg: 'coding plan', success: true}],
    ['plan_expired', {code: 1309, msg: 'Your GLM Coding Plan package has expired', success: false}],
  ])('is not meant where it is %s', (code, body) => {
    expect(refusalOf(body)?.code).toBe(code);
  });
});

describe('reasons', () => {
  it('are one short line of printable text', () => {
    const failure = refusalOf({code: 1110, msg: `\u001b[31mlocked\u202e\n${'x'.repeat(500)}`, success: false});
    expect(failure?.message).toMatch(/^code 1110: locked x+…$/);
    expect(failure?.message.length).toBeLessThan(100);
  });

  it('may be missing', () => {
    expect(refusalOf({code: 1110, msg: '\u0007', success: false})?.message).toBe('code 1110');
  });
});
