import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Preset, PresetName} from '../../core/custom/control.ts';
import {presetNames} from '../../core/custom/preset-names.ts';
import {isRecord, type Json} from '../files/json-store.ts';
import {ignoreErrors} from '../files/private-file.ts';
import {shippedText} from '../shipped-text.ts';

/** Definitions that are shipped: presets/<name>.json beside the program, and presets/<name>.mjs for one that runs a program. */

function readPreset(name: PresetName): Json {
  const written: unknown = JSON.parse(shippedText(`presets/${name}.json`) ?? '{}');
  return isRecord(written) ? written : {};
}

// A service of one's own has an address that nobody has.
const example = /^https:\/\/[a-z]+\.example\.com(?=\/)/;

const urlOf = ({http}: Json): string => (isRecord(http) && typeof http.url === 'string' ? http.url : '');

export const readPresets = (): Preset[] =>
  presetNames.map(name => {
    const written = readPreset(name);
    return {name, title: String(written.name), address: example.exec(urlOf(written))?.[0] ?? null};
  });

/** As config.json would have it: at this address, and with its program where `programs` has it. */
export function presetAt(name: PresetName, address: string | null, programs: string): Json {
  const written = readPreset(name);
  const {http, command} = written;
  if (isRecord(http) && address !== null) return {...written, http: {...http, url: moved(urlOf(written), address)}};
  if (!isRecord(command) || !Array.isArray(command.run)) return written;
  const [, ...rest] = command.run;
  return {...written, command: {...command, run: [join(programs, `${name}.mjs`), ...rest]}};
}

/** The path of the preset below the address, which people copy with the `/v1` of its models, or whole. */
function moved(url: string, address: string): string {
  const path = url.replace(/^https:\/\/[^/]+/, '');
  const given = address.trim();
  return given.endsWith(path) ? given : given.replace(/\/*$/, '').replace(/\/v1$/, '') + path;
}

/** Copies the program of a preset to where its definition runs it. Throws what the file system throws. */
export function installProgram(name: PresetName, programs: string, platform: string): void {
  const text = shippedText(`presets/${name}.mjs`);
  if (text === null) return;
  if (platform === 'win32') throw new Error('its program does not run on Windows');
  const path = join(programs, `${name}.mjs`);
  const there = ignoreErrors(() => readFileSync(path, 'utf8'), null);
  if (there === text) return;
  if (there !== null) throw new Error(`${path} is there, and is another program`);
  mkdirSync(programs, {recursive: true, mode: 0o700});
  writeFileSync(path, text, {mode: 0o700, flag: 'wx'});
}
