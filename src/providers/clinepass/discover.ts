import type {Remedy} from '../../core/model.ts';
import type {Account, Machine} from '../../core/provider.ts';
import {type Held, inJsonFile, nothing, together} from '../shared/held.ts';
import {discoverKeys} from '../shared/keys.ts';
import {heldToken} from '../shared/token-login.ts';
import {recordOf, toEpochMs, toText} from '../shared/values.ts';
import {place, site} from './site.ts';

/** What an account of Cline's own sign-in holds beside its token. */
export type Member = {accountId?: string | undefined};

export const discover = (machine: Machine, names?: readonly string[]): Promise<Account[]> =>
  discoverKeys(site, machine, names, {[place]: inCline});

const openCline: Remedy = {code: 'open', name: 'Cline'};
// The newer section first; one may be stale while the other lives.
const sections = ['cline', 'cline-pass'];

/** What was signed in to in Cline itself: tokens of an hour, which Cline renews. */
function inCline(machine: Machine): Promise<Held> {
  const source = 'cline providers.json';
  return inJsonFile(machine, site.id, {source, path: `${settingsDirectory(machine)}/providers.json`}, value => {
    const providers = recordOf(recordOf(value).providers);
    return together(sections.map(section => inSection(machine, source, providers[section])));
  });
}

const settingsDirectory = ({env, home}: Machine): string =>
  env.CLINE_DATA_DIR ? `${env.CLINE_DATA_DIR}/settings` : `${env.CLINE_DIR || `${home}/.cline`}/data/settings`;

function inSection(machine: Machine, source: string, section: unknown): Held {
  const auth = recordOf(recordOf(recordOf(section).settings).auth);
  const written = toText(auth.accessToken);
  if (written === undefined) return nothing;
  const accountId = toText(auth.accountId);
  const login = {
    ...{source, renew: openCline, token: withPrefix(written), identity: accountId ?? `source ${source}`},
    label: toText(recordOf(recordOf(auth.metadata).userInfo).email) ?? place,
    ...{expiresAt: toEpochMs(auth.expiresAt), secrets: [written, auth.refreshToken]},
  };
  return heldToken(machine, site.id, login, {accountId} satisfies Member);
}

/** The service takes such a token only with this before it. */
const withPrefix = (token: string): string => (/^workos:/i.test(token) ? token : `workos:${token}`);
