import type {Account, Provider} from '../provider.ts';
import {createRedactor, mask, type Redactor} from './redact.ts';
import {sanitize} from './sanitize.ts';

/**
 * What a login is called, and the fields beside its secret, are shown on the screen, printed and kept in the ledger. A
 * secret that is pasted there by mistake would be, too.
 */

/** Why a text may not be shown: a secret that is known is in it, or it looks like one. */
export type Revealing = 'is-secret' | 'looks-secret';

/** Null for a text that may be shown beside these secrets. */
export function revealing(text: string, secrets: readonly string[]): Revealing | null {
  if (secrets.some(secret => tells(text, secret))) return 'is-secret';
  return ofKnownKind(text) !== text ? 'looks-secret' : null;
}

/** The same for a name that somebody chooses: nobody calls a login by a long row of letters and digits. */
export const revealingName = (name: string, secrets: readonly string[]): Revealing | null =>
  revealing(name, secrets) ?? (longRow.test(name.replace(/\S+@\S+/g, '')) ? 'looks-secret' : null);

const {redact: ofKnownKind} = createRedactor();
const longRow = /(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{24,}/i;

// So many characters in a row are in no name by chance; a shorter secret must be there whole.
const tellingLength = 12;
const shortestPart = 6;

function tells(text: string, secret: string): boolean {
  const [shown, hidden] = [bare(text), bare(secret)];
  if (shown === '' || hidden === '') return false;
  if (shown === hidden || (hidden.length >= shortestPart && shown.includes(hidden))) return true;
  for (let at = 0; at + tellingLength <= shown.length; at += 1)
    if (hidden.includes(shown.slice(at, at + tellingLength))) return true;
  return false;
}

/** Neither spaces nor what is invisible, nor the case of letters, makes another text of it. */
const bare = (text: string): string => sanitize(text, 16_384).replaceAll(' ', '').toLowerCase();

/** A name or a field that would show a secret is not kept. The message is one line for people. */
export class RevealingError extends Error {
  override readonly name = 'RevealingError';
}

/** The provider with names that may be shown, also where one was stored that is the secret: that one is masked. */
export const withSafeLabels = (provider: Provider, redactor: Redactor): Provider => ({
  ...provider,
  async discover(machine, only) {
    const accounts = await provider.discover(machine, only);
    for (const secret of accounts.flatMap(({secrets}) => secrets)) redactor.protect(secret);
    return accounts.map(account => ({...account, label: safeLabel(account, redactor)}));
  },
});

function safeLabel({label, secrets}: Account, {redact}: Redactor): string {
  const secret = secrets.find(each => tells(label, each));
  return secret === undefined ? redact(label) : mask(secret);
}
