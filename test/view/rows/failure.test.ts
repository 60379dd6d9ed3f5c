import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Failure, failureCodes, type RemedyCode} from '../../../src/core/model.ts';
import {languages} from '../../../src/core/settings.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {cureText, failureRow, failureWithin, readableFailure, wholeFailure} from '../../../src/view/rows/failure.ts';
import {type Line, lineWidth, plain} from '../../../src/view/rows/line.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {testLook} from '../../support/look.ts';
import {failure} from '../../support/state.ts';

const context = testLook({openKey: 'Enter'});
const texts = (lines: readonly Line[] | null): string[] => (lines ?? []).map(plain);
const verify = failure('auth_rejected', {
  detail: 'HTTP 403: VALIDATION_REQUIRED',
  remedy: {code: 'verify', name: 'Google', url: 'https://accounts.example.com/verify?id=7'},
});

describe('a failure', () => {
  it('says reason, status and cure in one row where there is room', () => {
    expect(texts(readableFailure(verify, 120, context))).toEqual([
      '✗ the login was rejected (HTTP 403) — verify this Google account: https://accounts.example.com/verify?id=7',
    ]);
  });
  it('gives the cure rows of its own where there is none, with the address in one piece', () => {
    expect(texts(readableFailure(verify, 44, context))).toEqual([
      '✗ the login was rejected (HTTP 403)',
      'verify this Google account:',
      'https://accounts.example.com/verify?id=7',
    ]);
  });
  it('grows shorter with the rows, and names the key of the details where nothing else fits', () => {
    expect([5, 4, 3, 2, 1].map(rows => texts(failureWithin(verify, 34, rows, context)).length)).toEqual([
      4, 4, 3, 1, 1,
    ]);
    expect(texts(failureWithin(verify, 34, 2, context))).toEqual(['✗ rejected · Enter: what to do']);
    expect(texts(failureWithin(verify, 48, 1, context))).toEqual(['✗ the login was rejected · Enter: what to do']);
  });
  it('prefers a whole cure with a short reason to a long reason without it', () => {
    const expired = failure('expired', {remedy: {code: 'run', command: 'codex'}});
    expect(failureRow(expired, 60, context)).toBe('✗ the login has expired — run `codex`');
    expect(failureRow(expired, 36, context)).toBe('✗ expired — run `codex`');
    expect(failureRow(expired, 20, context)).toBe('✗ run `codex`');
    expect(failureRow(expired, 10, context)).toBe('✗ expired');
  });
  it('has one mark, however many rows it takes', () => {
    for (const rows of [1, 2, 3, 4])
      expect(
        texts(failureWithin(verify, 34, rows, context))
          .join('')
          .match(/✗/g),
      ).toHaveLength(1);
  });
  it('says what the service said where nothing can be done about it', () => {
    expect(failureRow(failure('blocked', {detail: 'HTTP 403'}), 80, context)).toBe(
      '✗ blocked by a web firewall (not a login problem) · HTTP 403',
    );
    expect(failureRow(failure('bad_response', {detail: 'responded with a web page'}), 80, context)).toBe(
      '✗ the response could not be read · responded with a web page',
    );
    expect(failureRow(failure('server_error', {detail: `HTTP 502: ${'long '.repeat(20)}`}), 48, context)).toBe(
      '✗ the service is having problems (HTTP 502)',
    );
  });
  it('gives no advice where there is nothing to do but wait', () => {
    expect(failureRow(failure('rate_limited', {detail: 'HTTP 429'}), 80, context)).toBe(
      '✗ rate limited; waiting · HTTP 429',
    );
  });
  it('names no key where there are none', () => {
    expect(failureRow(verify, 48, testLook())).toBe('✗ the login was rejected');
  });
});

describe.each(languages)('in %s', language => {
  const strings = stringsFor(language, catalogue);
  const codes = Object.keys(strings.remedies) as RemedyCode[];
  const remedies = fc.record(
    {
      code: fc.constantFrom(...codes),
      url: fc.constantFrom('https://example.com/a/rather/long/path?with=a&query=7', 'https://x.example'),
      name: fc.constantFrom('zai', '~/.config/tool/auth.json'),
    },
    {requiredKeys: ['code']},
  );
  const failures: fc.Arbitrary<Failure> = fc.record({
    code: fc.constantFrom(...failureCodes),
    remedy: remedies,
    detail: fc.constantFrom('', 'HTTP 403', 'HTTP 503: come back later'),
    retryAt: fc.constant(null),
  });

  it('never shows half a command or half an address, at any width and height', () => {
    const local = {...context, strings};
    fc.assert(
      fc.property(failures, fc.integer({min: 12, max: 90}), fc.integer({min: 1, max: 8}), (failed, width, rows) => {
        const lines = failureWithin(failed, width, rows, local);
        expect(lines.length).toBeGreaterThanOrEqual(1);
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
        // A line may end within an address that is longer than the line, and at the spaces of a command.
        const shown = texts(lines).join('').replaceAll(' ', '');
        const cure = cureText(failed, strings)?.replaceAll(' ', '') ?? '';
        if (!shown.includes(cure)) expect(shown).not.toMatch(/`|https:/);
      }),
    );
  });
  it('says all of it in as many rows as it asks for, and in fewer only by fewer words', () => {
    const local = {...context, strings};
    fc.assert(
      fc.property(failures, fc.integer({min: 12, max: 90}), (failed, width) => {
        const readable = readableFailure(failed, width, local);
        expect(wholeFailure(failed, width, readable.length, local)).toEqual(readable);
        expect(wholeFailure(failed, width, 0, local)).toBeNull();
      }),
    );
  });
});
