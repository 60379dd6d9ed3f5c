import type {Note} from '../../core/model.ts';

/** The program in whose name a refresh token was given out: it works with no other. */
export type OAuthClient = {id: string; secret: string};
/** `expiresAt` in epoch ms; null when the store does not say. */
export type AccessToken = {token: string; expiresAt: number | null};

/** What `discover` puts into an account and `fetch` takes out of it. */
export type Credential = {
  refresh: string | null;
  /** A token that the owner of the store made; good for as long as it lasts. */
  access: AccessToken | null;
  project: string | null;
  client: OAuthClient | null;
  /** Why there is no client, for the panel. */
  clientMissing: string;
  /** Path of the vendor's own program when it may speak for this account. */
  agy: string | null;
  /** True when a configured endpoint stands for every host, so that asking the next one would ask the same again. */
  hasOneHost: boolean;
  /** What has to be said beside every reading. */
  notes: readonly Note[];
};

// A token that ends while it travels is of no use.
export const skewMs = 60_000;

/** Without a known end a token is only worth trying when no better one can be made. */
export function usableAccess({access, client, refresh}: Credential, now: number): AccessToken | null {
  if (access === null) return null;
  if (access.expiresAt === null) return client === null || refresh === null ? access : null;
  return access.expiresAt > now + skewMs ? access : null;
}
