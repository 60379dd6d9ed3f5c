import {readFileSync} from 'node:fs';
import {now} from '../shared/home.ts';

export const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/cursor/${name}.json`, import.meta.url), 'utf8'));

/** A token as Cursor makes them, signed by nobody. */
export const token = (claims: object = {}): string =>
  [{alg: 'none'}, {...(fixture('jwt-payload') as object), exp: now / 1000 + 864_000, ...claims}]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
    .concat('.sig');

/** `cursor-agent`'s auth.json around a token. */
export const agentFile = (accessToken: unknown) => ({
  ...(fixture('agent-auth-json') as object),
  accessToken,
  refreshToken: 'refresh-of-cursor',
});
