import type {Remedy} from '../../core/model.ts';
import type {Account, Machine} from '../../core/provider.ts';
import {bareToken, problemAccount, uniqueAccounts} from '../shared/accounts.ts';
import {type Held, hint, nothing, readPlaces, together} from '../shared/held.ts';
import {storedPlace} from '../shared/login-places.ts';
import {asideUnlessNamed, findOpencode, type OpencodeEntry} from '../shared/opencode.ts';
import {heldToken, storedTokens, type TokenLogin} from '../shared/token-login.ts';
import {toText} from '../shared/values.ts';
import {inCli} from './cli.ts';
import type {Login} from './fetch.ts';
import {id, opencodeIds, places, projectVariables} from './names.ts';

/** Every login of Gemini Code Assist on this machine (docs/providers/gemini.md#where-logins-are-found). Never throws. */
export async function discover(machine: Machine, names?: readonly string[]): Promise<Account[]> {
  const readers = {
    [places.environment]: () => inEnvironment(machine),
    [storedPlace.name]: () =>
      storedTokens(machine, id, (login, {projectId}) => bare(machine, login, toText(projectId) ?? projectIn(machine))),
    [places.cli]: () => inCli(machine, projectIn(machine)),
    [places.opencode]: () => inOpencode(machine),
  };
  const {logins, problems, hints} = await readPlaces(readers, names);
  const accounts = uniqueAccounts([...logins, ...problems], machine.now());
  return accounts.length > 0 ? accounts : hints.slice(0, 1);
}

/** A token that says nothing of whose it is. */
const bare = (machine: Machine, login: Omit<TokenLogin, 'identity'>, project: string | undefined): Held =>
  heldToken(machine, id, {...login, identity: `token ${login.token}`}, {project, isWorkspace: false} satisfies Login);

/** The project's name; its number, which may stand in the same variable, is none. */
const projectIn = ({env}: Machine): string | undefined =>
  projectVariables.map(name => toText(env[name])).find(project => project !== undefined && !/^\d+$/.test(project));

/** The variable of gcloud's tokens counts only beside the one that says that this service is meant. */
function inEnvironment(machine: Machine): Held {
  const {GEMINI_ACCESS_TOKEN, GOOGLE_CLOUD_ACCESS_TOKEN, GOOGLE_GENAI_USE_GCA} = machine.env;
  const cloud = GOOGLE_GENAI_USE_GCA?.trim().toLowerCase() === 'true' ? GOOGLE_CLOUD_ACCESS_TOKEN : undefined;
  const given = {GOOGLE_CLOUD_ACCESS_TOKEN: cloud, GEMINI_ACCESS_TOKEN};
  return together(
    Object.entries(given).map(([source, text]) => {
      const token = bareToken(text ?? '');
      const renew: Remedy = {code: 'replace-credential', name: source};
      return token === '' ? nothing : bare(machine, {source, token, renew}, projectIn(machine));
    }),
  );
}

async function inOpencode(machine: Machine): Promise<Held> {
  const {entry, problem} = await findOpencode(machine, opencodeIds);
  if (problem !== null) return hint(problemAccount(machine, id, asideUnlessNamed(problem)));
  return entry?.kind === 'oauth' ? fromEntry(machine, entry) : nothing;
}

/** Beside its refresh token stand the project and the one that Google manages; the token lasts, and stands for the user. */
function fromEntry(machine: Machine, {source, access, refresh = '', expires}: OpencodeEntry): Held {
  const [kept, ...projects] = refresh.split('|').map(toText);
  if (access === undefined) return nothing;
  const renew: Remedy =
    source === 'OPENCODE_AUTH_CONTENT' ? {code: 'replace-credential', name: source} : {code: 'open', name: 'opencode'};
  const project =
    toText(machine.env.OPENCODE_GEMINI_PROJECT_ID) ?? projects.find(each => each !== undefined) ?? projectIn(machine);
  const login = {
    source,
    token: access,
    identity: `refresh ${kept ?? access}`,
    expiresAt: expires,
    secrets: [kept, refresh],
  };
  return heldToken(machine, id, {...login, renew}, {project, isWorkspace: false} satisfies Login);
}
