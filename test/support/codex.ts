import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/** The access token in a home directory's Codex login: a secret that the program finds by itself. */
export function codexToken(home: string): string {
  const auth = JSON.parse(readFileSync(join(home, '.codex/auth.json'), 'utf8')) as {tokens: {access_token: string}};
  return auth.tokens.access_token;
}
