import {existsSync} from 'node:fs';
import {basename, join} from 'node:path';
import type {SettingsProblem} from '../../core/settings.ts';
import {withLock} from '../files/file-lock.ts';
import {placeOfError} from '../files/json-place.ts';
import {codeOf, makePrivateDirectory, quarantine, readOwnText, reasonOf} from '../files/private-file.ts';
import {isRecord} from './checks.ts';

/** What stands in config.json, as the user wrote it. */
export type RawSettings = Record<string, unknown>;

/** `value` is undefined for a file that is not JSON; `text` is null for a file that is not there or cannot be read. */
export type SettingsText = {text: string | null; value: unknown; problems: SettingsProblem[]};

const name = 'config.json';
export const settingsPath = (directory: string): string => join(directory, name);

/** Throws nothing. */
export function readSettingsText(directory: string): SettingsText {
  try {
    return parseSettings(readOwnText(settingsPath(directory)));
  } catch (error) {
    const why = reasonOf(error);
    const problems = isNotThere(error) ? [] : [{path: name, text: `${name}: cannot be read: ${why}`}];
    return {text: null, value: {}, problems};
  }
}

const isNotThere = (error: unknown) => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';

function parseSettings(text: string): SettingsText {
  const json = text.replace(/^\ufeff/, '');
  if (json.trim() === '') return {text, value: {}, problems: []};
  try {
    return {text, value: JSON.parse(json), problems: []};
  } catch {
    const {line, column} = placeOfError(json);
    const why = `not valid JSON at line ${line}, column ${column}; using the defaults`;
    return {text, value: undefined, problems: [{path: name, text: `${name}: ${why}`}]};
  }
}

/**
 * Changes the file while no other copy does, on what stands in it at that moment, and returns what stands in it then.
 * A file that cannot be read or is no JSON object is set aside first, which is the returned problem. Throws what the file system throws.
 */
export async function changeSettingsFile(
  directory: string,
  now: number,
  change: (raw: RawSettings) => void,
): Promise<SettingsText> {
  // Only a change needs conf: starting and reading do not pay for it.
  const {default: Conf} = await import('conf');
  makePrivateDirectory(directory);
  return withLock(settingsPath(directory), () => {
    const {text, value} = readSettingsText(directory);
    const isUsable = text === null ? !existsSync(settingsPath(directory)) : isRecord(value);
    const problems = isUsable ? [] : [putAside(directory, now)];
    const raw = isRecord(value) ? structuredClone(value) : {};
    change(raw);
    new Conf<RawSettings>({cwd: directory, configName: 'config', configFileMode: 0o600, deserialize}).store = raw;
    return {...readSettingsText(directory), problems};
  });
}

// As we read it ourselves: an empty file and a byte order mark are no errors.
const deserialize = (text: string): RawSettings => {
  const {value} = parseSettings(text);
  return isRecord(value) ? value : {};
};

function putAside(directory: string, now: number): SettingsProblem {
  const aside = quarantine(settingsPath(directory), 'bad', now);
  return {path: name, text: `${name}: was not a JSON object; renamed to ${basename(aside)}`};
}
