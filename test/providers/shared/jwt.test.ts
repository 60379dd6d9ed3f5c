import fc from 'fast-check';
import {expect, it} from 'vitest';
import {jwtClaims} from '../../../src/providers/shared/jwt.ts';

const encoded = (claims: unknown): string => Buffer.from(JSON.stringify(claims)).toString('base64url');

it('reads the claims of a token, whatever letters are in them', () => {
  const claims = {exp: 5, email: 'ü?>~@example.com', name: '套餐'};
  expect(jwtClaims(`h.${encoded(claims)}.s`)).toEqual(claims);
  expect(jwtClaims(`h.${Buffer.from(JSON.stringify(claims)).toString('base64')}.`)).toEqual(claims);
});

it.each([
  '',
  'opaque',
  'a.b',
  'a.b.c.d',
  'HEADER.PAYLOAD.SIG',
  'h..s',
  'h.%%%.s',
  `h.${encoded([1])}.s`,
  `h.${encoded('x')}.s`,
  `h.${encoded(null)}.s`,
])('reads nothing in %j', token => {
  expect(jwtClaims(token)).toBeNull();
});

it('throws for nothing', () => {
  fc.assert(fc.property(fc.string({unit: 'binary'}), text => void jwtClaims(`a.${text}.b`)));
});
