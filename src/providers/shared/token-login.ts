import {ProviderError, type Remedy} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine, type Wire} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {bareToken, isSendable, problemAccount} from './accounts.ts';
import {type Held, nothing, only, together, trouble} from './held.ts';
import type {KeyCredential} from './keys.ts';
import {storedPlace} from './login-places.ts';
import {toText} from './values.ts';

/** A login whose token ends soon, kept and renewed by another program: its refresh token is a secret and never spent. */
export type TokenLogin = {
  source: string;
  token: string;
  /** Whose login it is: the token itself is another one after each renewal. */
  identity: string;
  label?: string | undefined;
  expiresAt?: number | null;
  /** What else must never be shown; anything but texts is left out. */
  secrets?: readonly unknown[];
  /** What renews it. */
  renew: Remedy;
  stored?: boolean;
};
/** What `heldToken` puts into an account, with what the provider adds. */
export type TokenCredential = KeyCredential & {renew: Remedy};

/** What a login comes to: an account, or what is wrong with a token that cannot stand in a header. */
export function heldToken(machine: Machine, provider: string, login: TokenLogin, more: object = {}): Held {
  const {source, token, identity, renew, stored = false} = login;
  const secrets = [...new Set([token, ...(login.secrets ?? [])].map(toText).filter(text => text !== undefined))];
  const label = sanitize(login.label ?? '') || source;
  if (!isSendable(token)) return trouble({...unsendable(machine, provider, login), label, secrets, stored});
  const credential = {key: token, renew, ...more} satisfies TokenCredential;
  return only({
    key: accountKey(machine, provider, identity),
    provider,
    label,
    source,
    credential,
    secrets,
    fingerprint: fingerprintOf(machine, token),
    expiresAt: login.expiresAt ?? null,
    stored,
  });
}

function unsendable(machine: Machine, provider: string, {source, identity, stored}: TokenLogin): Account {
  const remedy = stored ? ({code: 'replace-credential', name: provider} as const) : 'fix-file';
  return problemAccount(machine, provider, {source, why: 'its token contains invalid characters', remedy, identity});
}

/** What `login` stored for a provider; `toHeld` makes accounts of it as of any other login. */
export async function storedTokens(
  machine: Machine,
  provider: string,
  toHeld: (login: Omit<TokenLogin, 'identity'>, fields: Readonly<Record<string, string>>) => Held,
): Promise<Held> {
  const renew = {code: 'replace-credential', name: provider} as const;
  const held = (await machine.stored(provider)).map(({secret, label, fields}) => {
    const token = bareToken(secret);
    if (token === '') return nothing;
    return toHeld({source: storedPlace.name, token, label, secrets: [secret], renew, stored: true}, fields);
  });
  return together(held);
}

// Clocks differ, and a token must outlive the way to the service.
const slackMs = 60_000;

/** Throws `expired` for a token that has ended, or nearly: the service need not be told. */
export function requireAlive({expiresAt, credential}: Account, wire: Pick<Wire, 'now'>): void {
  if (expiresAt === null || expiresAt - slackMs > wire.now()) return;
  const {renew} = credential as TokenCredential;
  throw new ProviderError('expired', {detail: 'the access token has expired', remedy: renew});
}
