import type {Machine} from '../../core/provider.ts';
import {opencodeConfigDirectories} from './opencode-places.ts';
import {isRecord, type Json, listOf, recordOf, toText} from './values.ts';

/** What opencode's configuration says of one provider id. */
export type ConfiguredProvider = {
  id: string;
  /** 'opencode.json' or 'opencode.jsonc': where its key stands, else where it is named first. */
  source: string;
  /** `options.apiKey`, resolved. */
  key?: string;
  /** Where the configuration sends this id instead of where its name says; '' when that cannot be resolved. */
  baseUrl?: string;
  /** `env`: variables from which opencode takes its key. */
  variables: string[];
};
/** Why a file could not be used, and which of the ids it names. */
export type ConfigProblem = {source: string; why: string; ids: string[]};
export type OpencodeConfig = {
  providers: ConfiguredProvider[];
  /** Provider ids that it sets up or chooses, without those that it switches off. */
  inUse: string[];
  problems: ConfigProblem[];
};

/** A key that opencode's configuration holds for a provider id. */
export type ConfiguredKey = Required<Pick<ConfiguredProvider, 'id' | 'key' | 'source'>> & {baseUrl?: string};
export type ConfiguredKeys = {keys: ConfiguredKey[]; problems: ConfigProblem[]};

/** The keys alone, for each of `ids` that has one. */
export async function findOpencodeConfigKeys(machine: Machine, ids: readonly string[]): Promise<ConfiguredKeys> {
  const {providers, problems} = await readOpencodeConfig(machine, ids);
  const keys = providers.flatMap(({id, key, source, baseUrl}) =>
    key === undefined || !ids.includes(id) ? [] : [{id, key, source, ...(baseUrl === undefined ? {} : {baseUrl})}],
  );
  return {keys, problems};
}

/**
 * opencode's own configuration, option by option from the strongest file that has it: `ids` first, then every other
 * provider that is sent to an address (of those no file is read that they name). Only the user's files are read: a file in
 * the working directory belongs to whoever wrote the project, and may point anywhere. Never throws; a broken file is a
 * problem only when it names one of `ids`.
 */
export async function readOpencodeConfig(machine: Machine, ids: readonly string[]): Promise<OpencodeConfig> {
  const files = (await Promise.all(configPaths(machine).map(path => readConfig(machine, path)))).flat();
  const others = idsIn(files).filter(id => !ids.includes(id) && addressIn(files, id) !== undefined);
  const found = await Promise.all([...ids, ...others].map(id => providerOf(machine, files, id, ids.includes(id))));
  const broken = files.filter(file => file.config === undefined).map(file => brokenFile(file, ids));
  return {
    providers: found.flatMap(one => one.providers),
    inUse: idsInUse(files),
    problems: [...broken.filter(problem => problem.ids.length > 0), ...found.flatMap(one => one.problems)],
  };
}

/** Strongest first, as opencode merges them: the later ones fill in what the earlier ones do not say. */
function configPaths(machine: Machine): string[] {
  const named = machine.env.OPENCODE_CONFIG;
  const directories = opencodeConfigDirectories(machine);
  const own = directories.flatMap(directory => [`${directory}/opencode.jsonc`, `${directory}/opencode.json`]);
  // A relative path would be looked up in the working directory.
  return named !== undefined && isAbsolute(named) ? [named, ...own] : own;
}

const isAbsolute = (path: string): boolean => /^([/\\]|[A-Za-z]:[/\\])/.test(path);

type ConfigFile = {path: string; source: string; text: string; config: Json | undefined};

async function readConfig(machine: Machine, path: string): Promise<ConfigFile[]> {
  const file = await machine.readText(path);
  if (file.state !== 'ok') return [];
  return [{path, source: path.split(/[/\\]/).at(-1) ?? path, text: file.text, config: parseJsonc(file.text)}];
}

const brokenFile = ({source, text}: ConfigFile, ids: readonly string[]): ConfigProblem => ({
  source,
  why: 'it is not valid JSON',
  ids: ids.filter(id => text.includes(`"${id}"`)),
});

type Provider = {providers: ConfiguredProvider[]; problems: ConfigProblem[]};

async function providerOf(machine: Machine, files: Files, id: string, isOurs: boolean): Promise<Provider> {
  const first = files.find(file => entryOf(file, id) !== undefined);
  if (first === undefined) return {providers: [], problems: []};
  const read = async (option: Option | undefined): Promise<string | undefined> =>
    option === undefined || !(isOurs || isInline(option)) ? '' : resolved(machine, option);
  const told = optionIn(files, id, 'apiKey');
  const key = await read(told);
  const address = addressIn(files, id);
  const source = told?.source ?? first.source;
  const why = `the file it names for ${id} cannot be read`;
  const provider = {
    id,
    source,
    ...(key ? {key} : {}),
    // An address that cannot be resolved stays one: it must not look as if the key went where its id says.
    ...(address === undefined ? {} : {baseUrl: (await read(address)) ?? ''}),
    variables: variablesIn(files, id),
  };
  return {providers: [provider], problems: key === undefined ? [{source, why, ids: [id]}] : []};
}

type Files = readonly ConfigFile[];
type Option = {path: string; source: string; text: string};

const isInline = ({text}: Option): boolean => !text.includes('{file:');

const entryOf = ({config}: ConfigFile, id: string): Json | undefined => {
  const entry = own(recordOf(config?.provider), id);
  return isRecord(entry) ? entry : undefined;
};

const addressIn = (files: Files, id: string): Option | undefined =>
  optionIn(files, id, 'baseURL') ?? firstText(files, file => entryOf(file, id)?.api);

/** An option of a provider from the strongest file that has it: opencode merges its files option by option. */
const optionIn = (files: Files, id: string, name: string): Option | undefined =>
  firstText(files, file => recordOf(entryOf(file, id)?.options)[name]);

function firstText(files: Files, read: (file: ConfigFile) => unknown): Option | undefined {
  const options = files.map(file => {
    const text = toText(read(file));
    return text === undefined ? undefined : {path: file.path, source: file.source, text};
  });
  return options.find(option => option !== undefined);
}

function variablesIn(files: Files, id: string): string[] {
  const lists = files.map(file => entryOf(file, id)?.env).filter(Array.isArray);
  return listOf(lists[0]).flatMap(name => toText(name) ?? []);
}

const idsIn = (files: Files): string[] => [
  ...new Set(files.flatMap(({config}) => Object.keys(recordOf(config?.provider)))),
];

/** Providers of its models ('zai/glm-5' is one of 'zai'), of its list of providers, and those that it sets up. */
function idsInUse(files: Files): string[] {
  const configs = files.map(({config}) => recordOf(config));
  const textsIn = (name: string) => configs.flatMap(config => listOf(config[name])).flatMap(id => toText(id) ?? []);
  const models = configs.flatMap(({model, small_model}) => [model, small_model]).flatMap(model => toText(model) ?? []);
  const named = [...idsIn(files), ...models.map(model => model.replace(/\/.*$/, '')), ...textsIn('enabled_providers')];
  const off = textsIn('disabled_providers');
  return [...new Set(named)].filter(id => !off.includes(id));
}

// An id such as 'constructor' must not find what every object has.
const own = (record: Json, name: string): unknown => (Object.hasOwn(record, name) ? record[name] : undefined);

const reference = /\{(env|file):([^{}]+)\}/g;

/** The text with `{env:VAR}` and `{file:path}` replaced; undefined when such a file cannot be read. */
async function resolved(machine: Machine, {path, text}: Option): Promise<string | undefined> {
  const parts = await Promise.all(
    [...text.matchAll(reference)].map(([, kind, name = '']) =>
      kind === 'env' ? (machine.env[name.trim()] ?? '') : contentOf(machine, path, name.trim()),
    ),
  );
  if (parts.includes(undefined)) return undefined;
  let next = 0;
  return text.replace(reference, () => parts[next++] ?? '').trim();
}

async function contentOf(machine: Machine, configPath: string, name: string): Promise<string | undefined> {
  const beside = configPath.replace(/[^/\\]*$/, '');
  const path = /^~[/\\]/.test(name) ? `${machine.home}/${name.slice(2)}` : isAbsolute(name) ? name : `${beside}${name}`;
  const file = await machine.readText(path);
  return file.state === 'ok' ? file.text.trim() : undefined;
}

// Strings come first in both patterns, so that nothing inside one is taken for a comment or a trailing comma.
// One without an end goes up to the end: to look for it again at each quote would take minutes.
const comments = /("(?:[^"\\]|\\[\s\S])*(?:"|\\?$))|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
const trailingCommas = /("(?:[^"\\]|\\[\s\S])*(?:"|\\?$))|,(?=\s*[}\]])/g;

/** The object in a text of JSON with comments and trailing commas; undefined when it is none. */
export function parseJsonc(text: string): Json | undefined {
  const keepStrings = (_match: string, string: string | undefined): string => string ?? '';
  try {
    const value: unknown = JSON.parse(text.replace(comments, keepStrings).replace(trailingCommas, keepStrings));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
