import type {RemedyInit} from '../../core/model.ts';
import type {Machine} from '../../core/provider.ts';
import {remedyFor} from '../shared/held.ts';
import {firstOf, isRecord, recordOf, toText} from '../shared/values.ts';
import {type Finding, finding, namedFor, type Place, placeOfAddress} from './findings.ts';
import {type Site, sites} from './sites.ts';

/** Claude Code, pointed at a site: address and token must stand in the same place, or one may be another's. */
export async function inClaudeCode(machine: Machine): Promise<Finding[]> {
  const source = 'Claude Code settings.json';
  const path = `${machine.env.CLAUDE_CONFIG_DIR || `${machine.home}/.claude`}/settings.json`;
  const file = await machine.readJson(path);
  const settings = file.state === 'ok' ? recordOf(recordOf(file.value).env) : {};
  const broken = file.state === 'unreadable' ? await unreadFor(machine, path, source, file.why, hostsOf) : [];
  return [
    ...claudeToken('ANTHROPIC_AUTH_TOKEN', machine.env, 'replace-credential'),
    ...claudeToken(source, settings, 'fix-file'),
    ...broken,
  ];
}

const hostsOf = ({baseHosts}: Site): readonly string[] => baseHosts;

type Variables = Readonly<Record<string, unknown>>;

function claudeToken(source: string, env: Variables, remedy: RemedyInit): Finding[] {
  const address = toText(env.ANTHROPIC_BASE_URL);
  const place = address === undefined ? null : placeOfAddress(address);
  if (place === null) return [];
  return [
    ...finding(place, source, env.ANTHROPIC_AUTH_TOKEN, remedy),
    // Often a leftover of Anthropic's; beside this address it shows whose it is and no more.
    ...finding({...place, isHint: true}, source, env.ANTHROPIC_API_KEY, remedy),
  ];
}

/** A file that cannot be parsed is a problem of the sites that it names: otherwise its state is no concern of ours. */
async function unreadFor(
  machine: Machine,
  path: string,
  source: string,
  why: string,
  wordsOf: (site: Site) => readonly string[],
): Promise<Finding[]> {
  const file = await machine.readText(path);
  const text = file.state === 'ok' ? file.text : '';
  return sites
    .filter(site => wordsOf(site).some(word => text.includes(word)))
    .map(({id}) => ({site: id, source, why, remedy: 'fix-file', isUnread: true}));
}

/** The sites' own setup program writes which of them it was run for. */
export async function inHelper(machine: Machine): Promise<Finding[]> {
  const source = 'chelper config.yaml';
  const file = await machine.readText(`${machine.home}/.chelper/config.yaml`);
  if (file.state === 'missing') return [];
  if (file.state === 'unreadable') {
    const {why} = file;
    return sites.map(({id}) => ({site: id, source, why, remedy: remedyFor(file), isVague: true}));
  }
  const config = flatYaml(file.text);
  const site = sites.find(({helperPlan}) => helperPlan === config.get('plan'));
  return site === undefined ? [] : finding(namedFor(site), source, config.get('api_key'), 'fix-file');
}

/** The plain `name: value` lines of a YAML file; nothing else is needed of it. */
function flatYaml(text: string): Map<string, string> {
  const lines = text.split(/\r?\n/).map(line => /^(["']?)([\w-]+)\1\s*:\s+(.+)$/.exec(line));
  return new Map(lines.flatMap(line => (line === null ? [] : [[line[2] ?? '', scalar(line[3] ?? '')] as const])));
}

function scalar(value: string): string {
  const quoted = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(value.trim());
  const plain = quoted?.[2] ?? value.replace(/(?:^|\s)#.*$/, '').trim();
  return quoted === null && (plain === '~' || plain === 'null') ? '' : plain;
}

/** ZCode, Z.ai's own program. It changes the key now and then, so its plan is the account, whatever the key is. */
export async function inZcode(machine: Machine): Promise<Finding[]> {
  const places = await Promise.all(['v2', 'cli'].map(part => inZcodeFile(machine, part)));
  const [app = [], commandLine = []] = places;
  // What the command line has is a copy, which may be older than the program's own.
  const isKnown = ({site}: Finding): boolean => app.some(found => found.site === site);
  return [...app, ...commandLine.map(found => (isKnown(found) ? asHint(found) : found))];
}

const asHint = (found: Finding): Finding => ('key' in found ? {...found, isHint: true} : found);

async function inZcodeFile(machine: Machine, part: string): Promise<Finding[]> {
  const source = 'ZCode config.json';
  const path = `${machine.home}/.zcode/${part}/config.json`;
  const file = await machine.readJson(path);
  if (file.state === 'unreadable') return unreadFor(machine, path, source, file.why, ({zcodeId}) => [zcodeId]);
  const providers = file.state === 'ok' ? recordOf(recordOf(file.value).provider) : {};
  return Object.entries(providers).flatMap(([id, value]) => {
    const {apiKey, baseURL} = recordOf(recordOf(value).options);
    const place = placeInZcode(id, value, toText(baseURL));
    return place === null ? [] : finding(place, source, apiKey, 'fix-file', {identity: 'ZCode'});
  });
}

/** The coding plan is an account, unless it is switched off there; what stands beside it says whose its key is. */
function placeInZcode(id: string, value: unknown, address: string | undefined): Place | null {
  const {enabled, systemDisabledReason} = recordOf(value);
  const site = sites.find(({zcodePrefix}) => id.startsWith(zcodePrefix));
  const byId = site === undefined ? null : namedFor(site);
  const place = (address === undefined ? null : placeOfAddress(address)) ?? byId;
  const isPlan = site?.zcodeId === id && enabled !== false && toText(systemDisabledReason) === undefined;
  return place === null || isPlan ? place : {...place, isHint: true};
}

/** Files that hold one key. */
export async function inKeyFiles(machine: Machine): Promise<Finding[]> {
  const files = sites.flatMap(site => site.keyFiles.map(name => inKeyFile(machine, site, name)));
  return (await Promise.all(files)).flat();
}

async function inKeyFile(machine: Machine, site: Site, name: string): Promise<Finding[]> {
  const source = name.replace(/^~\//, '');
  for (const path of keyFilePaths(machine, name)) {
    const file = await machine.readText(path);
    if (file.state === 'unreadable') return [{site: site.id, source, why: file.why, remedy: remedyFor(file)}];
    if (file.state === 'ok') return keyInFile(file.text, source, placeOfKeyFile(site, name));
  }
  return [];
}

const placeOfKeyFile = ({id, vagueKeyFiles}: Site, name: string): Place => ({
  site: id,
  certainty: vagueKeyFiles.includes(name) ? 'shared' : 'own',
});

function keyFilePaths({env, home}: Machine, name: string): string[] {
  if (name.startsWith('~/')) return [`${home}/${name.slice(2)}`];
  const roots = [env.XDG_CONFIG_HOME, `${home}/.config`].filter(root => root !== undefined && root !== '');
  return [...new Set(roots)].map(root => `${root}/${name}`);
}

/** The key in a file of one line, or in a small JSON of a tool, which may say where it sends the key. */
function keyInFile(text: string, source: string, place: Place): Finding[] {
  const value = parsed(text);
  if (!isRecord(value)) return finding(place, source, value, 'fix-file');
  const address = firstOf(value, ['baseURL', 'baseUrl', 'base_url', 'api_base', 'host'], toText);
  const told = address === undefined ? null : placeOfAddress(address);
  return finding(told ?? place, source, firstOf(value, ['key', 'api_key', 'apiKey', 'token'], toText), 'fix-file');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
