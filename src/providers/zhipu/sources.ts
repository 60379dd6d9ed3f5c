import type {RemedyCode} from '../../core/model.ts';
import type {Machine} from '../../core/provider.ts';
import {bareToken} from '../shared/accounts.ts';
import {findOpencode} from '../shared/opencode.ts';
import {findOpencodeConfigKeys} from '../shared/opencode-config.ts';
import {firstOf, isRecord, recordOf, toText} from '../shared/values.ts';
import type {Team} from './fetch.ts';
import {isOfSite, type Site, zaiSite, zhipuSite} from './sites.ts';

/** `written`: what our own store holds, and knows this key by. */
export type Key = {source: string; key: string; stored: boolean; written?: string; label?: string; team?: Team};
/** `isVague`: the place serves many services, and may never have held a key of this site. */
export type Problem = {source: string; why: string; remedy: RemedyCode; written?: string; isVague?: boolean};
/** What one place had for a site: a key, or the reason why it could not be read. */
export type Finding = Key | Problem;

type Look = (site: Site, machine: Machine) => Promise<Finding[]>;

/** Everything found for a site, in the order in which places are preferred (docs/providers/zhipu.md). */
export async function findKeys(site: Site, machine: Machine): Promise<Finding[]> {
  const looks = [inEnvironment, inOwnStore, inOpencode, inOpencodeConfig, inClaudeCode, inHelper, inKeyFiles];
  const findings = await Promise.all(looks.map(look => look(site, machine)));
  return findings.flat();
}

const inEnvironment: Look = async (site, {env}) => {
  const names = isGlmKeyOf(site, env) ? [...site.environment, 'GLM_API_KEY'] : site.environment;
  return names.flatMap(name => finding(name, env[name], 'replace-credential'));
};

/** Tools use `GLM_API_KEY` for either site: it counts only where something beside it says for which. */
function isGlmKeyOf(site: Site, env: Machine['env']): boolean {
  const platform = toText(env.GLM_PLATFORM)?.toLowerCase();
  return platform === undefined ? isOfSite(site, toText(env.GLM_BASE_URL)) : site.platforms.includes(platform);
}

const inOwnStore: Look = async (site, machine) => {
  const credentials = await machine.stored(site.id);
  return credentials.flatMap(({secret, label, fields}) => {
    const team = teamOf(fields.organization, fields.project);
    return finding('mystatus-tui login', secret, 'replace-credential', {
      stored: true,
      written: secret,
      ...(label === undefined ? {} : {label}),
      ...(team === null ? {} : {team}),
    });
  });
};

const inOpencode: Look = (site, machine) => inOpencodeUnder(site.opencodeIds, machine);

async function inOpencodeUnder(ids: readonly string[], machine: Machine): Promise<Finding[]> {
  if (ids.length === 0) return [];
  const {entry, problem} = await findOpencode(machine, ids);
  if (problem !== null) return [{...problem, remedy: storeRemedy(problem), isVague: true}];
  if (entry === null) return [];
  if (entry.kind === 'api' && entry.key !== undefined) return finding(entry.source, entry.key, 'opencode-login');
  // A login of another kind under one id must not hide the key under the next.
  return inOpencodeUnder(ids.slice(ids.indexOf(entry.id) + 1), machine);
}

const storeRemedy = ({source, why}: {source: string; why: string}): RemedyCode =>
  source === 'opencode store' && !isForbidden(why) ? 'opencode-store' : remedyOf(why);
const remedyOf = (why: string): RemedyCode => (isForbidden(why) ? 'file-permissions' : 'fix-file');
const isForbidden = (why: string): boolean => /permission/i.test(why);

const everyConfigId = [...zhipuSite.opencodeConfigIds, ...zaiSite.opencodeConfigIds];

/** A base URL says for which site a key is, whatever the id; without one the id decides. */
const inOpencodeConfig: Look = async (site, machine) => {
  const {keys, problems} = await findOpencodeConfigKeys(machine, everyConfigId);
  const own = keys.filter(({id, baseUrl}) =>
    baseUrl === undefined ? site.opencodeConfigIds.includes(id) : isOfSite(site, baseUrl),
  );
  return [
    ...own.flatMap(({source, key}) => finding(source, key, 'fix-file')),
    ...problems
      .filter(({ids}) => ids.some(id => site.opencodeConfigIds.includes(id)))
      .map(({source, why}) => ({source, why, remedy: 'fix-file' as const})),
  ];
};

/** Claude Code, pointed at this site: address and token must stand in the same place, or one may be another's. */
const inClaudeCode: Look = async (site, machine) => {
  const source = 'Claude Code settings.json';
  const path = `${machine.env.CLAUDE_CONFIG_DIR || `${machine.home}/.claude`}/settings.json`;
  const file = await machine.readJson(path);
  const settings = file.state === 'ok' ? recordOf(recordOf(file.value).env) : {};
  const broken = file.state === 'unreadable' && (await mentions(machine, path, site.baseHosts));
  return [
    ...claudeToken(site, 'ANTHROPIC_AUTH_TOKEN', machine.env, 'replace-credential'),
    ...claudeToken(site, source, settings, 'fix-file'),
    ...(broken ? [{source, why: file.why, remedy: 'fix-file' as const}] : []),
  ];
};

type Variables = Readonly<Record<string, unknown>>;
const claudeToken = (site: Site, source: string, env: Variables, remedy: RemedyCode): Finding[] =>
  isOfSite(site, toText(env.ANTHROPIC_BASE_URL)) ? finding(source, env.ANTHROPIC_AUTH_TOKEN, remedy) : [];

/** Whether a file that cannot be parsed is about this site at all: otherwise its state is no concern of ours. */
async function mentions(machine: Machine, path: string, words: readonly string[]): Promise<boolean> {
  const file = await machine.readText(path);
  return file.state === 'ok' && words.some(word => file.text.includes(word));
}

/** The sites' own setup program writes which of them it was run for. */
const inHelper: Look = async (site, machine) => {
  const source = 'chelper config.yaml';
  const file = await machine.readText(`${machine.home}/.chelper/config.yaml`);
  if (file.state === 'missing') return [];
  if (file.state === 'unreadable') return [{source, why: file.why, remedy: remedyOf(file.why), isVague: true}];
  const config = flatYaml(file.text);
  return config.get('plan') === site.helperPlan ? finding(source, config.get('api_key'), 'fix-file') : [];
};

/** The plain `name: value` lines of a YAML file; nothing else is needed of it. */
export function flatYaml(text: string): Map<string, string> {
  const lines = text.split(/\r?\n/).map(line => /^(["']?)([\w-]+)\1\s*:\s+(.+)$/.exec(line));
  return new Map(lines.flatMap(line => (line === null ? [] : [[line[2] ?? '', scalar(line[3] ?? '')] as const])));
}

function scalar(value: string): string {
  const quoted = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(value.trim());
  const plain = quoted?.[2] ?? value.replace(/(?:^|\s)#.*$/, '').trim();
  return quoted === null && (plain === '~' || plain === 'null') ? '' : plain;
}

const inKeyFiles: Look = async (site, machine) => {
  const findings = await Promise.all(site.keyFiles.map(name => inKeyFile(machine, name)));
  return findings.flat();
};

async function inKeyFile(machine: Machine, name: string): Promise<Finding[]> {
  const source = name.replace(/^~\//, '');
  for (const path of keyFilePaths(machine, name)) {
    const file = await machine.readText(path);
    if (file.state === 'unreadable') return [{source, why: file.why, remedy: remedyOf(file.why)}];
    if (file.state === 'ok') return finding(source, keyInFile(file.text), 'fix-file');
  }
  return [];
}

function keyFilePaths({env, home}: Machine, name: string): string[] {
  if (name.startsWith('~/')) return [`${home}/${name.slice(2)}`];
  const roots = [env.XDG_CONFIG_HOME, `${home}/.config`].filter(root => root !== undefined && root !== '');
  return [...new Set(roots)].map(root => `${root}/${name}`);
}

/** The key in a file of one line, or in a small JSON of a tool. */
function keyInFile(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? firstOf(value, ['key', 'api_key', 'apiKey', 'token'], toText) : value;
  } catch {
    return text;
  }
}

/** Nothing for a blank value, a problem for one that cannot be a key (half a file, a sentence). */
function finding(source: string, value: unknown, remedy: RemedyCode, more: Partial<Key> = {}): Finding[] {
  const key = bareToken(toText(value) ?? '');
  // Anthropic's own tokens end up beside these sites' addresses by mistake; they were not issued for them.
  if (key === '' || key.startsWith('sk-ant-')) return [];
  const {written} = more;
  if (!isToken(key)) return [{source, why: 'it holds no API key', remedy, ...(written === undefined ? {} : {written})}];
  return [{source, key, stored: false, ...more}];
}

/** Organization and project of a team's key: useful together or not at all. */
export function teamOf(organization: string | undefined, project: string | undefined): Team | null {
  const team = {organization: organization?.trim() ?? '', project: project?.trim() ?? ''};
  return isToken(team.organization) && isToken(team.project) ? team : null;
}

const isToken = (text: string): boolean => /^[\w.~+/=:-]{1,1024}$/.test(text);
