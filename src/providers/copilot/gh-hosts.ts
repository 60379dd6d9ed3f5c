import {toText} from '../shared/values.ts';

/** A login as gh's hosts.yml tells it. No token: gh keeps it in the system's keyring. */
export type GhLogin = {host: string; login?: string; token?: string; isActive: boolean};

type Tree = Map<string, Tree | string>;

/** The logins in gh's hosts.yml: the active one of each host first, then the others. */
export function ghLogins(text: string): GhLogin[] {
  return [...mappingOf(text)].flatMap(([host, node]) => (typeof node === 'string' ? [] : loginsAt(host, node)));
}

function loginsAt(host: string, node: Tree): GhLogin[] {
  const users = treeAt(node, 'users');
  const active = textAt(node, 'user');
  const token =
    textAt(node, 'oauth_token') ?? (active === undefined ? undefined : textAt(treeAt(users, active), 'oauth_token'));
  const others = [...users.keys()].filter(login => login !== active);
  const first: GhLogin[] =
    active === undefined && token === undefined ? [] : [{host, isActive: true, ...named(active), ...held(token)}];
  return [
    ...first,
    ...others.map(login => ({host, login, isActive: false, ...held(textAt(treeAt(users, login), 'oauth_token'))})),
  ];
}

const named = (login: string | undefined) => (login === undefined ? {} : {login});
const held = (token: string | undefined) => (token === undefined ? {} : {token});

const treeAt = (tree: Tree, key: string): Tree => {
  const node = tree.get(key);
  return node === undefined || typeof node === 'string' ? new Map() : node;
};
const textAt = (tree: Tree, key: string): string | undefined => toText(tree.get(key));

const entry = /^([ \t]*)("[^"]*"\s*|'[^']*'\s*|[^\s#:'"][^:]*):(?:\s+(.*))?$/;

/** The one shape of YAML that gh writes: mappings by indentation, plain or quoted texts. Any other line is passed over. */
function mappingOf(text: string): Tree {
  const root: Tree = new Map();
  const open = [{indent: -1, tree: root}];
  for (const line of text.split(/\r?\n/)) {
    const [, margin, key, value = ''] = entry.exec(line.trimEnd()) ?? [];
    if (margin === undefined || key === undefined) continue;
    while ((open.at(-1)?.indent ?? -1) >= margin.length) open.pop();
    const scalar = scalarOf(value);
    const child: Tree = new Map();
    open.at(-1)?.tree.set(scalarOf(key), scalar === '' ? child : scalar);
    if (scalar === '') open.push({indent: margin.length, tree: child});
  }
  return root;
}

/** Without quotes, or without the comment behind it. */
function scalarOf(text: string): string {
  const quoted = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(text);
  return quoted?.[2] ?? text.replace(/(?:^|\s)#.*$/, '').trim();
}
