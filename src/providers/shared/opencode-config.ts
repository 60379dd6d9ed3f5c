import type {Machine} from '../../core/provider.ts';
import {opencodeConfigDirectories} from './opencode-places.ts';
import {isRecord, type Json, recordOf, toText} from './values.ts';

/** A key that opencode's configuration holds for a provider id. */
export type ConfiguredKey = {
  id: string;
  key: string;
  /** `options.baseURL`, when the configuration sends this id somewhere else than its name says. */
  baseUrl?: string;
  /** 'opencode.json' or 'opencode.jsonc'. */
  source: string;
};
/** Why a file could not be used, and which of the ids it names. */
export type ConfigProblem = {source: string; why: string; ids: string[]};
export type ConfiguredKeys = {keys: ConfiguredKey[]; problems: ConfigProblem[]};

/**
 * `provider.<id>.options.apiKey` of opencode's own configuration, for each of `ids` from the strongest file that has
 * one. Only the user's files are read: a file in the working directory belongs to whoever wrote the project, and may
 * point anywhere. Never throws; a broken file is a problem only when it names one of `ids`.
 */
export async function findOpencodeConfigKeys(machine: Machine, ids: readonly string[]): Promise<ConfiguredKeys> {
  const files = (await Promise.all(configPaths(machine).map(path => readConfig(machine, path)))).flat();
  const found = await Promise.all(ids.map(id => keyOf(machine, files, id)));
  const broken = files.filter(file => file.config === undefined).map(file => brokenFile(file, ids));
  return {
    keys: found.flatMap(one => one.keys),
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

async function keyOf(machine: Machine, files: readonly ConfigFile[], id: string): Promise<ConfiguredKeys> {
  const told = optionIn(files, id, 'apiKey');
  if (told === undefined) return {keys: [], problems: []};
  const {source} = told;
  const key = await resolved(machine, told);
  if (key === undefined)
    return {keys: [], problems: [{source, why: `the file that it names for ${id} cannot be read`, ids: [id]}]};
  const base = optionIn(files, id, 'baseURL');
  // An address that cannot be resolved stays one: it must not look as if the key went where its id says.
  const address = base === undefined ? {} : {baseUrl: (await resolved(machine, base)) ?? ''};
  return {keys: key === '' ? [] : [{id, key, source, ...address}], problems: []};
}

type Option = {path: string; source: string; text: string};

/** An option of a provider from the strongest file that has it: opencode merges its files option by option. */
function optionIn(files: readonly ConfigFile[], id: string, name: string): Option | undefined {
  const options = files.map(({path, source, config}) => {
    const text = toText(recordOf(recordOf(own(recordOf(config?.provider), id)).options)[name]);
    return text === undefined ? undefined : {path, source, text};
  });
  return options.find(option => option !== undefined);
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
const comments = /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const trailingCommas = /("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g;

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
