import {createHash, randomBytes, timingSafeEqual} from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether the header carries the token; how long the comparison takes tells nothing of it. */
export function tokenCheck(token: string): (authorization: string | undefined) => boolean {
  const expected = digest(token);
  return authorization => {
    const [, given = ''] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
    return timingSafeEqual(digest(given), expected) && given !== '';
  };
}

/** 256 bits, in letters that need no quoting anywhere. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What a header, a shell and a fragment carry unchanged. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]{1,512}$/.test(text);
