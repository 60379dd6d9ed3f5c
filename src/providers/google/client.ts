import type {Machine} from '../../core/provider.ts';
import {opencodeConfigDirectories} from '../shared/opencode.ts';
import {toText} from '../shared/values.ts';
import type {OAuthClient} from './credential.ts';

export type ClientFind = {client: OAuthClient | null /** For the panel. */; missing: string};

/**
 * The OAuth client that Antigravity's refresh tokens belong to. It is Google's and not ours to ship, so it is looked for on
 * this machine: environment, settings, our own store (`stored`), the installed opencode plugin, the Antigravity app.
 * Files are read as text and never executed.
 */
export async function findClient(machine: Machine, stored: OAuthClient | null): Promise<ClientFind> {
  const given = fromEnvironment(machine) ?? fromSettings(machine) ?? stored;
  if (given !== null) return {client: given, missing: ''};
  const plugin = await fromPlugin(machine);
  if (plugin.client !== null) return {client: plugin.client, missing: ''};
  return {client: await fromApp(machine), missing: plugin.missing};
}

const clientOf = (id: unknown, secret: unknown): OAuthClient | null => {
  const [idText, secretText] = [toText(id), toText(secret)];
  return idText === undefined || secretText === undefined ? null : {id: idText, secret: secretText};
};

const fromEnvironment = ({env}: Machine): OAuthClient | null =>
  clientOf(env.ANTIGRAVITY_OAUTH_CLIENT_ID, env.ANTIGRAVITY_OAUTH_CLIENT_SECRET);

const fromSettings = (machine: Machine): OAuthClient | null =>
  clientOf(machine.setting('google', 'clientId'), machine.setting('google', 'clientSecret'));

async function fromPlugin(machine: Machine): Promise<ClientFind> {
  let isInstalled = false;
  for (const root of await pluginRoots(machine))
    for (const file of constantFiles) {
      const read = await machine.readText(`${root}/${file}`);
      if (read.state !== 'ok') continue;
      isInstalled = true;
      const client = clientInSource(read.text);
      if (client !== null) return {client, missing: ''};
    }
  const missing = isInstalled
    ? 'the installed opencode plugin contains no readable OAuth client'
    : 'no OAuth client found on this machine';
  return {client: null, missing};
}

const constantFiles = ['dist/src/constants.js', 'src/constants.ts', 'src/constants.js', 'dist/index.js'];

/** The client that a plugin's source names as its constants; null when it does not. */
export function clientInSource(source: string): OAuthClient | null {
  const constant = (name: string): string | undefined =>
    new RegExp(`\\b${name}\\s*(?::\\s*string\\s*)?=\\s*(["'\`])([^"'\`\\s]+)\\1`).exec(source)?.[2];
  for (const prefix of ['ANTIGRAVITY', 'AGY']) {
    const client = clientOf(constant(`${prefix}_CLIENT_ID`), constant(`${prefix}_CLIENT_SECRET`));
    if (client !== null) return client;
  }
  return null;
}

const plugins = ['opencode-antigravity-auth', 'opencode-agy-auth'];

/** Where opencode may have put the plugin: in one node_modules for all, or in a package directory of its own per version. */
async function pluginRoots(machine: Machine): Promise<string[]> {
  const caches = cacheDirectories(machine).map(cache => `${cache}/opencode`);
  const packages = await Promise.all(caches.map(cache => packageRoots(machine, `${cache}/packages`)));
  const modules = [...caches, ...opencodeConfigDirectories(machine)].map(root => `${root}/node_modules`);
  const scoped = await Promise.all(modules.map(directory => scopedIn(machine, directory)));
  const plain = plugins.flatMap(plugin => modules.map(directory => `${directory}/${plugin}`));
  return [...plain, ...packages.flat(), ...scoped.flat()];
}

function cacheDirectories({env, home, platform}: Machine): string[] {
  const roots = [
    env.XDG_CACHE_HOME,
    `${home}/.cache`,
    ...(platform === 'darwin' ? [`${home}/Library/Caches`] : []),
    ...(platform === 'win32' ? [env.LOCALAPPDATA, env.APPDATA] : []),
  ];
  return [...new Set(roots.filter((root): root is string => Boolean(root)))];
}

/** `packages/<plugin>@<version>`: the package itself or a project that has it among its modules; newest version first. */
async function packageRoots(machine: Machine, directory: string): Promise<string[]> {
  const own = await namedLike(machine, directory);
  const scopes = (await machine.list(directory)).filter(name => name.startsWith('@'));
  const scoped = await Promise.all(scopes.map(scope => namedLike(machine, `${directory}/${scope}`)));
  const roots = await Promise.all(
    [...own, ...scoped.flat()].map(async root => [
      root,
      ...plugins.map(plugin => `${root}/node_modules/${plugin}`),
      ...(await scopedIn(machine, `${root}/node_modules`)),
    ]),
  );
  return roots.flat();
}

async function namedLike(machine: Machine, directory: string): Promise<string[]> {
  const names = (await machine.list(directory)).filter(name => plugins.some(plugin => name.startsWith(plugin)));
  const newest = names.sort((a, b) => b.localeCompare(a, 'en', {numeric: true}));
  const ordered = plugins.flatMap(plugin => newest.filter(name => name.startsWith(plugin)));
  return ordered.map(name => `${directory}/${name}`);
}

/** The same plugins under somebody's scope: `node_modules/@someone/opencode-agy-auth`. */
async function scopedIn(machine: Machine, modules: string): Promise<string[]> {
  const scopes = (await machine.list(modules)).filter(name => name.startsWith('@'));
  return scopes.flatMap(scope => plugins.map(plugin => `${modules}/${scope}/${plugin}`));
}

async function fromApp(machine: Machine): Promise<OAuthClient | null> {
  for (const path of appFiles(machine)) {
    const read = await machine.readText(path);
    const client = read.state === 'ok' ? clientInApp(read.text) : null;
    if (client !== null) return client;
  }
  return null;
}

/** The app's own script. Its language server holds the client too, but is far too large to be searched. */
function appFiles({env, home, platform}: Machine): string[] {
  const main = 'resources/app/out/main.js';
  if (platform === 'darwin')
    return ['/Applications', `${home}/Applications`].flatMap(root =>
      ['Antigravity.app', 'Antigravity IDE.app'].map(app => `${root}/${app}/Contents/Resources/app/out/main.js`),
    );
  if (platform === 'win32') return env.LOCALAPPDATA ? [`${env.LOCALAPPDATA}/Programs/Antigravity/${main}`] : [];
  return ['/usr/share/antigravity', '/opt/Antigravity', '/opt/antigravity', `${home}/.local/share/antigravity`].map(
    root => `${root}/${main}`,
  );
}

const marker = 'vs/platform/cloudCode/common/oauthClient.js';
// The module is small; what stands further on belongs to others.
const moduleLength = 4000;

/** The client that stands in the app's OAuth module; null when the module is not in the text. */
export function clientInApp(source: string): OAuthClient | null {
  const at = source.indexOf(marker);
  if (at === -1) return null;
  const module = source.slice(at, at + moduleLength);
  const id = /\d+-[\w-]+\.apps\.googleusercontent\.com/.exec(module)?.[0];
  return clientOf(id, /GOCSPX-[\w-]{28}/.exec(module)?.[0]);
}
