import {readFileSync} from 'node:fs';

export const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/gemini/${name}.json`, import.meta.url), 'utf8'));

export const jwt = (claims: object): string =>
  [{alg: 'none'}, claims]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
    .concat('.sig');
