import type {Account, Machine} from '../../core/provider.ts';
import {bareToken, problemAccount} from '../shared/accounts.ts';
import {findOpencode, type OpencodeEntry, restartOpencode} from '../shared/opencode.ts';
import {toText} from '../shared/values.ts';
import {apiKeyAccount, findOf, type Remedies} from './account.ts';
import {findCodex} from './codex.ts';
import {all, type Find, hint, nothing} from './find.ts';
import {id, opencodeIds, opencodeLogin, openOpencode} from './ids.ts';
import {distinctAccounts} from './members.ts';

/** Every ChatGPT login on this machine, what was given by hand first (docs/providers/openai.md#where-the-login-comes-from). */
export async function discover(machine: Machine): Promise<Account[]> {
  const others = await Promise.all([findStored(machine), findInOpencode(machine), findCodex(machine)]);
  const finds = [findInEnvironment(machine), ...others];
  const accounts = finds.flatMap(find => find.shown);
  const [explanation] = finds.flatMap(find => find.hints);
  if (accounts.length === 0 && explanation !== undefined) return [explanation];
  return distinctAccounts(machine, accounts);
}

// Whoever gave the token by hand is the one to replace it.
const byHand: Remedies = {expired: 'replace-credential', refused: 'replace-credential'};
const byOpencode: Remedies = {expired: openOpencode, refused: opencodeLogin};

function findInEnvironment(machine: Machine): Find {
  const names = ['CODEX_ACCESS_TOKEN', 'CODEX_TOKEN'];
  return all(
    names.map(source => {
      const token = toText(machine.env[source]);
      return token === undefined ? nothing : findOf(machine, {source, token: bareToken(token), remedies: byHand});
    }),
  );
}

async function findStored(machine: Machine): Promise<Find> {
  const stored = await machine.stored(id);
  return all(
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
async function findInOpencode(machine: Machine): Promise<Find> {
  let rest = nothing;
  for (const name of opencodeIds) {
    const {entry, problem} = await findOpencode(machine, [name]);
    if (problem !== null)
      return hint(problemAccount(machine, id, {...problem, remedy: remedyOf(problem.why, problem.source)}));
    const find = entry === null ? nothing : fromEntry(machine, entry);
    if (find.shown.length > 0) return find;
    if (rest.hints.length === 0) rest = find;
  }
  return rest;
}

const remedyOf = (why: string, source: string) =>
  /permission|EACCES|EPERM/i.test(why) ? 'file-permissions' : /store/.test(source) ? restartOpencode : 'fix-file';

function fromEntry(machine: Machine, entry: OpencodeEntry): Find {
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
