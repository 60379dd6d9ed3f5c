import type {Failure, Note} from '../../core/model.ts';
import type {Account} from '../../core/provider.ts';
import type {AccessToken, OAuthClient} from './credential.ts';

/** A login as one of the stores tells it, before it is known whether another store has it too. */
export type Login = {
  /** Trimmed, lower case; null when the store does not say. */
  email: string | null;
  label: string;
  source: string;
  /** The place that alone makes it what it is; absent where several do. */
  place?: string | undefined;
  /** Kept by our own `login`. */
  stored: boolean;
  refresh: string | null;
  access: AccessToken | null;
  project: string | null;
  /** A client that stands beside the login, when it has one of its own. */
  client: OAuthClient | null;
  /** True for the login of the vendor's program, whose answers are then this account's. */
  isAgys: boolean;
  disabled: boolean;
  /** Set when the plugin knows that Google wants the account to be verified. */
  toVerify: Failure | null;
  cached: NonNullable<Account['cached']> | null;
  notes: Note[];
};

export const blankLogin: Omit<Login, 'label' | 'source'> = {
  email: null,
  stored: false,
  refresh: null,
  access: null,
  project: null,
  client: null,
  isAgys: false,
  disabled: false,
  toVerify: null,
  cached: null,
  notes: [],
};

/** `refresh|project|managed project`, the packing of opencode's Google plugins; all but the first may be absent. */
export function unpacked(text: string): {refresh: string | null; project: string | null} {
  const [refresh, project, managed] = text.split('|').map(part => part.trim());
  return {refresh: refresh || null, project: managed || project || null};
}

/** The same account found in several places is one: the first place speaks for it, the others add what it did not know. */
export function mergedLogins(logins: readonly Login[]): Login[] {
  const merged: Login[] = [];
  for (const login of logins) {
    const index = merged.findIndex(known => isSame(known, login));
    const known = merged[index];
    if (known === undefined) merged.push(login);
    else merged[index] = merge(known, login);
  }
  return merged;
}

const isSame = (a: Login, b: Login): boolean =>
  (a.email !== null && a.email === b.email) || (a.refresh !== null && a.refresh === b.refresh);

const merge = (first: Login, second: Login): Login => ({
  ...first,
  place: first.place === second.place ? first.place : undefined,
  email: first.email ?? second.email,
  label: first.email === null && second.email !== null ? second.label : first.label,
  refresh: first.refresh ?? second.refresh,
  access: laterAccess(first.access, second.access),
  project: first.project ?? second.project,
  client: first.client ?? (first.refresh === null ? second.client : null),
  isAgys: first.isAgys || second.isAgys,
  // A login given to us by hand is a wish to see it, whatever the plugin does with it.
  disabled: first.disabled || (second.disabled && !first.stored),
  toVerify: first.toVerify ?? (first.stored ? null : second.toVerify),
  cached: first.cached ?? second.cached,
  notes: [...first.notes, ...second.notes],
});

const laterAccess = (a: AccessToken | null, b: AccessToken | null): AccessToken | null =>
  a === null || b === null ? (a ?? b) : (b.expiresAt ?? 0) > (a.expiresAt ?? 0) ? b : a;
