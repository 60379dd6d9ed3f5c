import type {FailureCode, RemedyInit} from '../../core/model.ts';
import {type Account, accountKey, type Machine} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';

type ProblemInit = {
  source: string;
  why: string;
  code?: FailureCode;
  /** A code alone speaks of `source`. */
  remedy: RemedyInit;
  label?: string;
  identity?: string;
  /** Whether the place may never have been meant for this provider. */
  aside?: boolean;
};

/** A login that cannot be asked, as an account of its own: the panel says what is wrong with `source` and what to do. */
export function problemAccount(machine: Machine, provider: string, init: ProblemInit): Account {
  const detail = sanitize(`${init.source}: ${init.why}`, 160);
  return {
    key: accountKey(machine, provider, init.identity ?? `source ${init.source}`),
    provider,
    label: init.label ?? init.source,
    source: init.source,
    credential: null,
    secrets: [],
    fingerprint: machine.sha256(detail).slice(0, 12),
    expiresAt: null,
    stored: false,
    problem: {
      code: init.code ?? 'no_credentials',
      detail,
      retryAt: null,
      remedy: typeof init.remedy === 'string' ? {code: init.remedy, name: init.source} : init.remedy,
      ...(init.aside && {aside: true as const}),
    },
  };
}

/**
 * The same account found in two places is one account: the later expiry wins, else the earlier place. With `now` (epoch
 * ms), a login that has ended gives way to one whose end is not told. Of two problems one that surely matters here wins.
 */
export function uniqueAccounts(accounts: readonly Account[], now = Number.NEGATIVE_INFINITY): Account[] {
  const byKey = new Map<string, Account>();
  for (const account of accounts) {
    const known = byKey.get(account.key);
    if (known === undefined || isFresher(account, known, now)) byKey.set(account.key, account);
  }
  return [...byKey.values()];
}

function isFresher(account: Account, known: Account, now: number): boolean {
  if (account.problem !== undefined) return known.problem?.aside === true && account.problem.aside !== true;
  if (known.problem !== undefined) return true;
  if (known.expiresAt === null) return false;
  return account.expiresAt === null ? known.expiresAt <= now : account.expiresAt > known.expiresAt;
}

/** A token as it may be copied out of a request: without the `Bearer` before it. */
export const bareToken = (text: string): string => text.trim().replace(/^Bearer\s+/i, '');

/** Whether a text can stand in a request header: anything else is no credential. */
export const isSendable = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);
