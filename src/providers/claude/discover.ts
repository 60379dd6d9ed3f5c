import type {RemedyInit} from '../../core/model.ts';
import type {Account, Machine, Unreadable} from '../../core/provider.ts';
import {mask} from '../../core/text/redact.ts';
import {bareToken, problemAccount} from '../shared/accounts.ts';
import {type Held, hint, nothing, only, readPlaces, remedyFor, trouble} from '../shared/held.ts';
import {asideUnlessNamed, findOpencode, type OpencodeEntry} from '../shared/opencode.ts';
import {toText} from '../shared/values.ts';
import {accountOf, isLive, signIn} from './account.ts';
import {type Login, loginFile, loginPath, readLogin, readProfile} from './files.ts';
import {id, opencodeIds, places, variable} from './ids.ts';

/**
 * The Claude login on this machine: Claude Code's own, else opencode's, else a token in the environment
 * (docs/providers/claude.md#where-logins-are-found). The others do not say whose they are, and may be the same account.
 */
export async function discover(machine: Machine, names?: readonly string[]): Promise<Account[]> {
  const readers = {
    [places.claudeCode]: () => inClaudeCode(machine),
    [places.opencode]: () => inOpencode(machine),
    [places.environment]: () => inEnvironment(machine),
  };
  const {logins, problems, hints} = await readPlaces(readers, names);
  if (logins.length + problems.length > 0) return [...logins.slice(0, 1), ...problems];
  return hints.slice(0, 1);
}

const startClaude: RemedyInit = {code: 'run', command: 'claude'};

/** Its login and who that is stand in two files; either alone is an account. */
async function inClaudeCode(machine: Machine): Promise<Held> {
  const [login, read] = await Promise.all([readLogin(machine), readProfile(machine)]);
  const profile = read.state === 'ok' ? read.profile : null;
  const known = (own: Login | null): Account =>
    accountOf(machine, {source, label: source, identity: loginPath(machine), profile, remedy: startClaude, login: own});
  if (login.state === 'ok') return only(known(login.login));
  const broken = login.state === 'unreadable' ? unreadable(machine, loginFile, login) : null;
  if (profile !== null) return only(withProblem(machine, known(null), broken));
  if (broken !== null) return trouble(broken);
  return read.state === 'unreadable' ? hint(unreadable(machine, '.claude.json', read)) : nothing;
}

const source = places.claudeCode;

const unreadable = (machine: Machine, file: string, read: Unreadable): Account =>
  problemAccount(machine, id, {source, why: `${file}: ${read.why}`, remedy: named(remedyFor(read), file)});

const named = (remedy: RemedyInit, name: string): RemedyInit =>
  typeof remedy === 'string' ? {code: remedy, name} : remedy;

/** Without a request nothing is missing that a broken login could tell. */
const withProblem = (machine: Machine, account: Account, broken: Account | null): Account =>
  broken?.problem !== undefined && isLive(machine) ? {...account, problem: broken.problem} : account;

async function inOpencode(machine: Machine): Promise<Held> {
  const {entry, problem} = await findOpencode(machine, opencodeIds);
  if (problem !== null) return hint(problemAccount(machine, id, asideUnlessNamed(problem)));
  const login = entry?.kind === 'oauth' ? loginIn(entry) : null;
  if (entry === null || login === null) return nothing;
  const remedy: RemedyInit = {code: 'open', name: 'opencode'};
  return only(accountOf(machine, {source: entry.source, label: 'opencode', identity: 'opencode', login, remedy}));
}

const loginIn = ({access, refresh, expires}: OpencodeEntry): Login | null =>
  access === undefined ? null : {token: access, refresh: refresh ?? null, expiresAt: expires, scopes: null, plan: null};

function inEnvironment(machine: Machine): Held {
  const written = toText(machine.env[variable]);
  if (written === undefined) return nothing;
  const token = bareToken(written);
  const login = {token, refresh: null, expiresAt: null, scopes: null, plan: null};
  return only(accountOf(machine, {source: variable, label: mask(token), identity: token, login, remedy: signIn}));
}
