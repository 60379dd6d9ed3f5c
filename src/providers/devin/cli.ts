import type {Remedy} from '../../core/model.ts';
import type {Machine} from '../../core/provider.ts';
import {type Held, nothing} from '../shared/held.ts';
import {textsOfToml} from '../shared/toml.ts';
import {toText} from '../shared/values.ts';
import {loginOf, unreadable} from './login.ts';
import {credentialsFile, places, servers} from './names.ts';

const renew: Remedy = {code: 'run', command: 'devin'};

/** The login of Devin's command line. */
export async function inCli(machine: Machine): Promise<Held> {
  const source = 'devin credentials.toml';
  const file = await machine.readText(`${dataDirectory(machine)}/${credentialsFile}`);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable') return unreadable(machine, source, file);
  const texts = new Map(textsOfToml(file.text).map(({path, text}) => [path.join('.'), text]));
  const token = toText(texts.get('windsurf_api_key'));
  if (token === undefined) return nothing;
  const login = {source, token, renew, label: places.cli, identity: `source ${source}`};
  return loginOf(machine, login, 'devin', serverIn(texts.get('api_server_url')));
}

const dataDirectory = ({env, home, platform}: Machine): string =>
  platform === 'win32' ? env.APPDATA || `${home}/AppData/Roaming` : env.XDG_DATA_HOME || `${home}/.local/share`;

/** The server that the login names, if it is one of the service's; a key goes to no other. */
function serverIn(address = ''): string | undefined {
  const host = /^https:\/\/([a-z\d.-]+)\/?$/i.exec(address.trim())?.[1]?.toLowerCase();
  return Object.values<string>(servers).find(server => server === host);
}
