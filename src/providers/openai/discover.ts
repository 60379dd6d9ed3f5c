import type {Account, Machine} from '../../core/provider.ts';
import {bareToken, problemAccount} from '../shared/accounts.ts';
import {type Held, hint, nothing, readPlaces, together} from '../shared/held.ts';
import {findOpencode, type OpencodeEntry} from '../shared/opencode.ts';
import {toText} from '../shared/values.ts';
import {apiKeyAccount, findOf, type Remedies} from './account.ts';
import {findCodex} from './codex.ts';
import {id, opencodeIds, opencodeLogin, openOpencode, places, variables} from './ids.ts';
import {distinctAccounts} from './members.ts';

/** Every ChatGPT login on this machine, what was given by hand first (docs/providers/openai.md#where-the-login-comes-from). */
export async function discover(machine: Machine, only?: readonly string[]): Promise<Account[]> {
  const readers = {
    [places.environment]: () => findInEnvironment(machine),
    [places.stored]: () => findStored(machine),
    [places.opencode]: () => findInOpencode(machine),
    [places.codex]: () => findCodex(machine),
  };
  const {logins, problems, hints} = await readPlaces(readers, only);
  const accounts = [...logins, ...problems];
  if (accounts.length === 0) return hints.slice(0, 1);
  return distinctAccounts(machine, accounts);
}

// Whoever gave the token by hand is the one to replace it.
const byHand: Remedies = {expired: 'replace-credential', refused: 'replace-credential'};
const byOpencode: Remedies = {expired: openOpencode, refused: opencodeLogin};

function findInEnvironment(machine: Machine): Held {
  return together(
    variables.map(source => {
      const token = toText(machine.env[source]);
      return token === undefined ? nothing : findOf(machine, {source, token: bareToken(token), remedies: byHand});
    }),
  );
}

async function findStored(machine: Machine): Promise<Held> {
  const stored = await machine.stored(id);
  return together(
    stored.map(({secret, fields, label}) =>
      findOf(machine, {
        source: 'mystatus-tui login',
        token: bareToken(secret),
        written: secret,
        accountId: toText(fields.accountId),
        label: toText(label),
        stored: true,
        remedies: byHand,
      }),
    ),
  );
}

/** One id after the other: an API key under one id must not hide a login under the next. */
async function findInOpencode(machine: Machine): Promise<Held> {
  let rest: Held = nothing;
  for (const name of opencodeIds) {
    const {entry, problem} = await findOpencode(machine, [name]);
    if (problem !== null) return hint(problemAccount(machine, id, problem));
    const held = entry === null ? nothing : fromEntry(machine, entry);
    if (held.logins.length + held.problems.length > 0) return held;
    if (rest.hints.length === 0) rest = held;
  }
  return rest;
}

function fromEntry(machine: Machine, entry: OpencodeEntry): Held {
  const {source, access, refresh, accountId, expires, key} = entry;
  if (entry.kind === 'oauth' && access !== undefined) {
    // What stands in a variable no program renews.
    const remedies = source === 'OPENCODE_AUTH_CONTENT' ? byHand : byOpencode;
    return findOf(machine, {source, token: access, refresh, accountId, expires, remedies});
  }
  if (entry.kind === 'oauth') return hint(unrenewed(machine, entry));
  // Under 'opencode' stands the key of another service, which has nothing to do with this one.
  if (entry.kind !== 'api' || key === undefined || entry.id === 'opencode') return nothing;
  return hint({...apiKeyAccount(machine, source), secrets: [key]});
}

/** A refresh token alone: it works once, and is opencode's to spend. */
const unrenewed = (machine: Machine, {source, refresh = ''}: OpencodeEntry): Account => ({
  ...problemAccount(machine, id, {
    source,
    why: 'its login has no access token yet',
    code: 'expired',
    remedy: openOpencode,
  }),
  secrets: [refresh],
});
