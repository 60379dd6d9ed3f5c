import {createHash} from 'node:crypto';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createRedactor, mask, maskIdentity, redacted} from '../../../src/core/text/redact.ts';
import {sanitize} from '../../../src/core/text/sanitize.ts';

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
    const said = sanitize(`${'x'.repeat(60)} an-opaque-credential-of-some-length`);
    expect(said).toMatch(/an-opaque-crede/);
    expect(redact(said)).toBe(`${'x'.repeat(60)} ${redacted}…`);
    expect(redact(`HTTP 401: ${said} (retry)`)).not.toContain('opaque');
  });

  it('that hides behind invisible characters is found once the text is clean', () => {
    const {redact} = redactorFor('an-opaque-credential');
    expect(redact(sanitize('an-opaque\u200b-cred\u001b[0mential'))).toBe(redacted);
  });

  describe('in pieces and encodings', () => {
    const token = 'zq8Xw3Lr0PvKt5Yb7Nc2Jd9Mf4Hg6Sa1Ue';
    const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
    const jwt = [{alg: 'RS256'}, {sub: 'a1b2c3', email: 'x@example.com'}]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .concat('QmFzZTY0LXNpZ25hdHVyZS1ub3QtcmVhbA')
      .join('.');
    const [, payload = '', signature = ''] = jwt.split('.');
    const echoes: [string, string][] = [
      ['its end', token.slice(-12)],
      ['its beginning', token.slice(0, 12)],
      ['its middle', token.slice(9, 22)],
      ['base64', base64(token)],
      ['base64 after one character', base64(`:${token}`)],
      ['base64 after two characters', base64(`a:${token}`)],
      ['base64 of user and token', base64(`octocat:${token}`)],
      ['base64 of user, token and more', base64(`me:${token}:\n`)],
      ['a piece of its base64', base64(token).slice(7, 21)],
      ['a piece of base64 at another alignment', base64(`a:${token}`).slice(10, 26)],
      ['base64url', Buffer.from(`??${token}`).toString('base64url')],
      ['hex', Buffer.from(token).toString('hex')],
      ['hex in capitals', Buffer.from(token).toString('hex').toUpperCase()],
      ['the middle of its hex', Buffer.from(token).toString('hex').slice(13, 39)],
      ['the payload of a JWT', payload],
      ['the signature of a JWT', signature],
      ['a JWT without its header', `${payload}.${signature}`],
      ['the base64 of a JWT', base64(jwt)],
    ];

    it.each(echoes)('is not let through: %s', (_how, echo) => {
      const safe = redactorFor(token, jwt, 'an-unrelated-secret-value').redact(`refused: ${echo} at line 3`);
      expect(safe).toContain(redacted);
      for (let at = 0; at + 12 <= echo.length; at += 1) expect(safe).not.toContain(echo.slice(at, at + 12));
      expect(safe).toMatch(/^refused: /);
      expect(safe).toMatch(/ at line 3$/);
    });

    it('is not let through in the base64 of what stands around it', () => {
      const echo = base64(JSON.stringify({user: 'me', token}));
      expect(redactorFor(token).redact(echo)).toBe(`eyJ1c2VyIjoibWUiLCJ0b2tlbiI6I${redacted}ifQ==`);
    });

    it.each([
      ['with letters beyond ASCII', 'pä55wörd-ünd-mehr-zeichen'],
      ['with marks that base64 has two spellings for', 'a?b>c~d?e>f~g?h>i~j?k>l~'],
    ])('is not let through in base64 %s', (_how, secret) => {
      for (const before of ['', 'u:', 'us:'])
        for (const encoding of ['base64', 'base64url'] as const) {
          const echo = Buffer.from(`${before}${secret}`, 'utf8').toString(encoding);
          const safe = redactorFor(secret).redact(echo);
          expect(safe).toContain(redacted);
          expect(safe.length).toBeLessThan(redacted.length + 8);
        }
    });

    it('never lets twelve characters of it through, wherever they stand, nor of its base64 and hex', () => {
      const spelling = fc.constantFrom<(text: string) => string>(
        text => text,
        base64,
        text => Buffer.from(text).toString('base64url'),
        text => Buffer.from(text).toString('hex'),
      );
      fc.assert(
        fc.property(
          fc.stringMatching(/^[!-Z^-~]{24,80}$/),
          fc.string({maxLength: 5}),
          spelling,
          fc.nat({max: 20}),
          (secret, before, spell, from) => {
            const echo = spell(before + secret).slice(from);
            const safe = redactorFor(secret).redact(`x ${echo} y`);
            const whole = spell(secret);
            for (let at = 0; at + 24 <= whole.length; at += 1) expect(safe).not.toContain(whole.slice(at, at + 24));
            for (let at = 0; at + 12 <= secret.length; at += 1) expect(safe).not.toContain(secret.slice(at, at + 12));
          },
        ),
      );
    });

    it('leaves what shares less than that with a secret', () => {
      const text = `${token.slice(0, 5)} ${token.slice(3, 14)} and ${base64('something else entirely')} deadbeefdeadbeefdeadbeef`;
      expect(redactorFor(token).redact(text)).toBe(text);
    });

    it('reads a screenful for fifty secrets without touching each of them for each line', () => {
      const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
      let seed = 7;
      const next = (): number => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed;
      };
      const random = (length: number): string => Array.from({length}, () => letters[next() % letters.length]).join('');
      const secrets = Array.from({length: 50}, () => random(1500));
      const {redact} = redactorFor(...secrets);
      const row = `${random(40)} 5-hour limit ${base64(random(30))} 62% resets in 2h 13m ‘${random(20)}’ …`;
      const screen = `${row}\n`.repeat(120);
      expect(redact(screen)).toBe(screen);
      expect(redact(`${screen}${secrets[31]?.slice(700, 720)}`)).toBe(`${screen}${redacted}`);
    });
  });

  it('of a login is known while it is told again, however many others come and go', () => {
    const redactor = createRedactor();
    const used = ['the-token-in-use', 'the-token-that-renews-it'];
    const renewed = (at: number): string => createHash('sha256').update(`${at}`).digest('base64url');
    redactor.protect('a-password-told-once');
    for (let turn = 0; turn < 12; turn++) {
      for (const secret of used) redactor.protectLogin(secret);
      for (let at = 0; at < 1000; at++) redactor.protectLogin(renewed(turn * 1000 + at));
      for (const secret of [...used, 'a-password-told-once', renewed(turn * 1000)])
        expect(redactor.redact(`<${secret}>`)).toBe(`<${redacted}>`);
    }
    // What is used no longer is forgotten at some time, so that a program that runs for months does not grow.
    expect(redactor.redact(renewed(0))).toBe(renewed(0));
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
        const safe = redactorFor(secret).redact(sanitize(`${'. '.repeat(blanks)}${secret} ${'.'.repeat(90)}`));
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
