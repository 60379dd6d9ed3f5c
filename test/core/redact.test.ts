import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createRedactor, mask, maskIdentity, redacted} from '../../src/core/redact.ts';
import {clean} from '../../src/core/text.ts';

function redactorFor(...secrets: string[]) {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.protect(secret);
  return redactor;
}

describe('a protected secret', () => {
  const secret = 's3cret/va+lue="x"&ü';

  it.each([
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in lower case', encodeURIComponent(secret).replace(/%../g, text => text.toLowerCase())],
    ['in a form', new URLSearchParams({token: secret}).toString()],
    ['in JSON', JSON.stringify({token: secret})],
    ['in JSON with escaped slashes', JSON.stringify({token: secret}).replaceAll('/', '\\/')],
  ])('is not let through %s', (_how, text) => {
    const safe = redactorFor(secret).redact(`before ${text} after`);
    expect(safe).toContain(redacted);
    expect(safe).toMatch(/^before .*after$/);
    expect(safe).not.toContain('cret');
  });

  it('is not let through as a part of another', () => {
    expect(redactorFor('inner-secret', 'outer-inner-secret-outer').redact('<outer-inner-secret-outer>')).toBe(
      `<${redacted}>`,
    );
  });

  it('is not let through when a shortened text cuts it', () => {
    const {redact} = redactorFor('an-opaque-credential-of-some-length');
    const said = clean(`${'x'.repeat(60)} an-opaque-credential-of-some-length`);
    expect(said).toMatch(/an-opaque-crede/);
    expect(redact(said)).toBe(`${'x'.repeat(60)} ${redacted}…`);
    expect(redact(`HTTP 401: ${said} (retry)`)).not.toContain('opaque');
  });

  it('that hides behind invisible characters is found once the text is clean', () => {
    const {redact} = redactorFor('an-opaque-credential');
    expect(redact(clean('an-opaque\u200b-cred\u001b[0mential'))).toBe(redacted);
  });

  it('leaves a masked form readable', () => {
    const {redact} = redactorFor('an-opaque-credential');
    expect(redact(`key ${mask('an-opaque-credential')}`)).toBe('key an-o…tial');
  });

  it.each([
    ['as the name of a plan', 'Xkey AbcDEF 0123456789 Tail'],
    ['as part of an id', 'xkey-abcdef-0123456789-tail/5h'],
    ['cut without a mark', 'Pool xkeyabcdef01234'],
    ['with letters of another case', 'XKEY_ABCDEF.0123456789TAIL!'],
  ])('is not let through when a name was made of it: %s', (_how, text) => {
    const safe = redactorFor('xkey_abcDEF.0123456789-tail').redact(text);
    expect(safe).toContain(redacted);
    expect(safe.toLowerCase()).not.toContain('abcdef');
    expect(safe.toLowerCase()).not.toContain('0123');
  });

  it('leaves words alone that only begin as it does', () => {
    const {redact} = redactorFor('weekly-limit-of-nobody-01234', '5h');
    expect(redact('Weekly limit')).toBe('Weekly limit');
  });

  it('that is too short to be one is ignored', () => {
    expect(redactorFor('', 'a', 'hello').redact('say hello to a')).toBe('say hello to a');
  });

  it('that cannot be encoded is protected all the same', () => {
    expect(redactorFor('broken\ud83dsecret').redact('a broken\ud83dsecret b')).toBe(`a ${redacted} b`);
  });

  // The mark itself is the one text that a secret may coincide with.
  const anySecret = fc
    .string({unit: 'binary', minLength: 6, maxLength: 60})
    .filter(text => !/[[\]…]/.test(text) && !redacted.includes(text));

  it('never comes through, whatever it is and whatever stands around it', () => {
    const spelling = fc.constantFrom<(text: string) => string>(
      text => text,
      text => encodeURIComponent(text.toWellFormed()),
      text => JSON.stringify(text).slice(1, -1),
    );
    fc.assert(
      fc.property(
        fc.array(anySecret, {minLength: 1, maxLength: 5}),
        fc.string({unit: 'binary'}),
        fc.string({unit: 'binary'}),
        spelling,
        (secrets, before, after, spell) => {
          const {redact} = redactorFor(...secrets);
          const [secret = ''] = secrets;
          const safe = redact(before + spell(secret) + after);
          expect(safe.includes(spell(secret))).toBe(false);
        },
      ),
    );
  });

  it('never comes through a cut by more than its first five letters', () => {
    const plain = fc.stringMatching(/^[A-Za-z0-9_-]{12,60}$/);
    fc.assert(
      fc.property(plain, fc.integer({min: 0, max: 90}), (secret, blanks) => {
        const safe = redactorFor(secret).redact(clean(`${'. '.repeat(blanks)}${secret} ${'.'.repeat(90)}`));
        expect(safe).not.toContain(secret.slice(0, 6));
      }),
    );
  });
});

describe('what looks like a token', () => {
  it.each([
    'gho_16CharsAtLeast00',
    'github_pat_11ABCDEFG0123456789',
    'sk-proj-abcdef123456',
    'ya29.a0AfH6SMBexample',
    '1//0gExampleRefresh',
    'rt_abcdef123456',
    'at-0123456789abcdef',
    `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiIxIn0'}.c2lnbmF0dXJl`,
    '0123456789abcdef0123456789abcdef.FakeSecretPart',
    'tid=0123456789;exp=1',
    'Bearer abcdefgh12345678',
  ])('is redacted although nobody protected it: %s', token => {
    const safe = createRedactor().redact(`the token (${token}) is bad`);
    expect(safe).toMatch(/^the token \(\[redacted\].*\) is bad$/);
  });

  it.each([
    'try again at-most twice',
    'HTTP 401: Bearer token missing',
    'task-based limit',
    'user@example.com',
    '5h window',
  ])('and words are not: %s', text => {
    expect(createRedactor().redact(text)).toBe(text);
  });

  it('does not take long to look for in a text made to be slow', () => {
    for (const part of ['eyJaaaaaaaa-', 'sk-', 'at-', '0123456789abcdef', 'Bearer '])
      expect(createRedactor().redact(part.repeat(2000)).length).toBeGreaterThan(0);
  });
});

describe('mask', () => {
  it('shows the ends of a long secret and nothing of a short one', () => {
    expect(mask('sk-abcdefghijklmnopqrst')).toBe('sk-a…qrst');
    expect(mask('fifteen-letters')).toBe('****');
    expect(mask('')).toBe('****');
  });

  it('lets no control character through', () => {
    expect(mask('\u001b[31mabcdefghijklmnop\u0007')).not.toMatch(/\p{Cc}/u);
  });
});

describe('maskIdentity', () => {
  it.each([
    ['user@example.com', 'u***@e***.com'],
    ['john.doe+work@mail.example.co.uk', 'j***@m***.uk'],
    ['octocat', 'o***'],
    ['octocat (Acme Inc.)', 'o*** (A*** I***)'],
    ['user@localhost', 'u***@l***'],
    ['王小明', '王***'],
    ['e\u0301mile@example.fr', 'e***@e***.fr'],
    ['𝒶lice', '𝒶***'],
    ['a@b.c, d@e.f', 'a***@b***.c, d***@e***.f'],
    ['', ''],
  ])('%s becomes %s', (label, expected) => {
    expect(maskIdentity(label)).toBe(expected);
  });

  it('keeps no more than the first letter of any word, and the ending of a domain', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{3,12}\.[a-z]{3,12}$/),
        fc.stringMatching(/^[a-z]{3,12}$/),
        (name, domain) => {
          const masked = maskIdentity(`${name}@${domain}.org`);
          expect(masked).toBe(`${name[0]}***@${domain[0]}***.org`);
        },
      ),
    );
  });
});
