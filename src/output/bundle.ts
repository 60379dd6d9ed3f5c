import {outcomeOf} from '../core/health.ts';
import type {AccountState, Amount, Failure, MonitorState, Window} from '../core/model.ts';
import type {WireResponse} from '../core/provider.ts';
import type {CredentialRow} from '../core/services.ts';
import {shapeOf} from '../core/text/shape.ts';
import {iso} from './iso.ts';

/**
 * What a report of a fault may carry of accounts and answers: kinds, counts and shapes. No value that a service or a user
 * chose is in it, as nobody can tell which of them are secret.
 */

/** One answer of a service, without any of its values. */
export type HeardAnswer = {provider: string; status: number; type: string | null; bytes: number; shape: string};

export function heardAnswer(provider: string, {status, headers, text}: WireResponse): HeardAnswer {
  const type = /^[a-z]+\/[a-z.+-]+/.exec(headers['content-type'] ?? '')?.[0] ?? null;
  return {provider, status, type, bytes: text.length, shape: shapeOfText(text)};
}

function shapeOfText(text: string): string {
  try {
    return shapeOf(JSON.parse(text), 8);
  } catch {
    return 'not JSON';
  }
}

/** Providers of the user have names of their own: they are counted. */
export const namedAs = (ids: readonly string[], own: readonly string[]) => (id: string) =>
  ids.includes(id) ? id : own.includes(id) ? `own-${own.indexOf(id) + 1}` : 'unknown';

type Name = (provider: string) => string;

export const accountsOf = (state: MonitorState, rows: readonly CredentialRow[], name: Name, now: number) =>
  rows.map(row => accountOf(row, state.accounts[row.account.key], name, now));

function accountOf(
  {account, hidden, storedId, keychain, endpoint}: CredentialRow,
  state: AccountState | undefined,
  name: Name,
  now: number,
) {
  return {
    account: account.key.replace(/^[^:]*/, name(account.provider)),
    source: account.source,
    stored: storedId !== null,
    hidden,
    keychain: keychain === true,
    passive: account.passive !== undefined,
    endpointReplaced: endpoint !== undefined,
    expired: account.expiresAt !== null && account.expiresAt < now,
    problem: account.problem === undefined ? null : failureOf(account.problem),
    reading: state === undefined ? null : readingOf(state),
  };
}

const readingOf = (state: AccountState) => ({
  status: outcomeOf(state),
  readAt: iso(state.readAt),
  attemptAt: iso(state.lastAttemptAt),
  dueAt: iso(state.dueAt),
  failures: state.failures,
  failure: state.failure && failureOf(state.failure),
  windows: state.reading?.windows.map(windowOf) ?? [],
  amounts: state.reading?.amounts.map(({unit, limit}: Amount) => ({unit, hasLimit: limit !== undefined})) ?? [],
  notes: state.reading?.notes.map(({code}) => code) ?? [],
});

/** A pool may bear a name that the service told: of an id the length alone is shown. */
const windowOf = ({id, pool, use, unit, windowMs, resetsAt}: Window) => ({
  length: /(?:^|\/)(\d+[hd]|weekly|monthly)$/.exec(id)?.[1] ?? null,
  hasPool: pool !== null,
  state: use.state,
  unit,
  windowSeconds: windowMs === null ? null : windowMs / 1000,
  resetsAt: iso(resetsAt),
});

/** Of its words only codes: the rest may be the service's own. */
function failureOf({code, detail, retryAt, remedy, shape}: Partial<Failure> & Pick<Failure, 'code' | 'detail'>) {
  const codes = detail.match(
    /\bHTTP \d{3}\b|\bcode \d{1,5}\b|\b(?:E[A-Z]{4,14}|(?:CERT|UNABLE|SELF|DEPTH|ERR)_[A-Z_]{3,40})\b/g,
  );
  return {code, codes: codes ?? [], retryAt: iso(retryAt ?? null), remedy: remedy?.code ?? null, shape: shape ?? null};
}
