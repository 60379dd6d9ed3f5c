import {accountOf, emptyMachine} from './draft-accounts.ts';
import type {Failure} from './model.ts';
import {failureFrom, readingFrom} from './polling/settle.ts';
import type {Account, Machine, Provider, Wire} from './provider.ts';
import type {FirstReading, LoginDraft} from './services.ts';
import type {Redactor} from './text/redact.ts';

export type LoginCheckDeps = {
  machine: Machine;
  wireFor(provider: Provider, signal: AbortSignal, deadlineMs: number): Wire;
  redactor: Redactor;
};

/** Tries a login before it is saved. */
export type LoginCheck = {
  /** One real request with the draft; null when it worked, else the line that says why not. */
  verify(provider: Provider, draft: LoginDraft, timeoutMs: number): Promise<string | null>;
  /** What the last check read, if it was of this secret; it is given away once. */
  takeFirstReading(secret: string): FirstReading | null;
};

export function createLoginCheck(deps: LoginCheckDeps): LoginCheck {
  const {machine, redactor} = deps;
  let checked: {secret: string; first: FirstReading} | null = null;

  /** Null when it worked. */
  async function request(provider: Provider, account: Account, secret: string, ms: number): Promise<Failure | null> {
    if (account.problem !== undefined) return account.problem;
    for (const each of account.secrets) redactor.protect(each);
    try {
      checked = {secret, first: await firstReading(deps, provider, account, ms)};
      return null;
    } catch (error) {
      return failureFrom(error, redactor.redact);
    }
  }

  return {
    async verify(provider, draft, timeoutMs) {
      const alone = await accountOf(provider, emptyMachine(machine), draft);
      if (alone === undefined) return 'the provider does not recognise this credential';
      const failure = await request(provider, alone, draft.secret, timeoutMs);
      if (failure?.code !== 'no_credentials') return failure?.detail ?? null;
      // What it lacks by itself (Google's OAuth client, a file below the home directory) may stand elsewhere on this machine.
      const here = await accountOf(provider, {...machine, which: async () => null}, draft);
      if (here?.stored !== true) return failure.detail;
      return (await request(provider, here, draft.secret, timeoutMs))?.detail ?? null;
    },
    takeFirstReading(secret) {
      const first = checked?.secret === secret ? checked.first : null;
      checked = null;
      return first;
    },
  };
}

async function firstReading(
  deps: LoginCheckDeps,
  provider: Provider,
  account: Account,
  ms: number,
): Promise<FirstReading> {
  const wire = deps.wireFor(provider, new AbortController().signal, ms);
  const reading = readingFrom(await provider.fetch(account, wire), deps.redactor.redact);
  return {account, reading, readAt: wire.now()};
}
