import {basename} from 'node:path';
import type Conf from 'conf';
import {withLock} from './file-lock.ts';
import {placeOfError} from './json-place.ts';
import {pathOf, readText} from './json-text.ts';
import {quarantine} from './private-file.ts';

export {pathOf, readText} from './json-text.ts';

export type Json = Record<string, unknown>;
export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands in a file of ours is not what should; the message quotes nothing of it. */
export class BrokenFileError extends Error {
  override readonly name = 'BrokenFileError';
}

/** A JSON file of ours, `directory/name.json`. `parse` throws a `BrokenFileError` for a text that is none. */
export type JsonFile = {directory: string; name: string; parse(text: string): Json};

/** The value in a text. An empty one has an empty object, and a byte order mark is no error. Throws a `BrokenFileError`. */
export function parseJson(text: string): unknown {
  const json = text.replace(/^\ufeff/, '');
  if (json.trim() === '') return {};
  try {
    return JSON.parse(json);
  } catch {
    const {line, column} = placeOfError(json);
    throw new BrokenFileError(`not valid JSON at line ${line}, column ${column}`);
  }
}

/**
 * What stands in the file now; null when there is none. Read without conf, which would make a missing directory, and which a
 * status bar would wait for a fifth longer. Throws what `parse` and the file system throw.
 */
export function readJson(file: JsonFile): Json | null {
  const text = readText(file);
  return text === null ? null : file.parse(text);
}

export type ChangeOptions = {
  now: number;
  /** Whether a file that threw this is set aside; otherwise the error is thrown. */
  isLost(error: unknown): boolean;
  /** Hears the new name of a file that was set aside. */
  onAside(name: string): void;
};

/**
 * Reads and writes the file through conf while no other copy does: for its owner alone, whole or not at all. Without conf's
 * defaults, which it would write into the file: they may be other ones in the next version. The directory must be there.
 * Throws what `change` and the file system throw.
 */
export async function changeJson<T extends Json>(
  file: JsonFile,
  options: ChangeOptions,
  change: (conf: Conf<T>) => void,
): Promise<void> {
  const {default: Conf} = await import('conf');
  await withLock(pathOf(file), () => {
    setAsideIfLost(file, options);
    change(
      new Conf<T>({
        cwd: file.directory,
        configName: file.name,
        configFileMode: 0o600,
        accessPropertiesByDotNotation: false,
        deserialize: text => file.parse(text) as T,
      }),
    );
  });
}

/** Sets a lost file aside, unless another process already did. */
export const setAside = (file: JsonFile, options: ChangeOptions): Promise<void> =>
  withLock(pathOf(file), () => setAsideIfLost(file, options));

function setAsideIfLost(file: JsonFile, {now, isLost, onAside}: ChangeOptions): void {
  try {
    readJson(file);
  } catch (error) {
    if (!isLost(error)) throw error;
    onAside(basename(quarantine(pathOf(file), 'bad', now)));
  }
}
