import type {Known} from '../../core/latest-reading.ts';
import type {Remedy} from '../../core/model.ts';
import type {Machine, Rows} from '../../core/provider.ts';
import {appDirectory} from '../shared/app-directories.ts';
import {type Held, nothing, together} from '../shared/held.ts';
import {maybeJson} from '../shared/http.ts';
import {knownRows} from '../shared/known-rows.ts';
import {recordOf, toText} from '../shared/values.ts';
import {loginOf, unreadable} from './login.ts';
import {directories, type Product, stateFile} from './names.ts';
import {parsePlanInfo} from './parse.ts';

const selection =
  "select key, value from ItemTable where key in ('windsurfAuthStatus', 'windsurf.settings.cachedPlanInfo')";
const pathOf = (machine: Machine, directory: string): string => `${appDirectory(machine, directory)}/${stateFile}`;

/** The logins of editors, each in its own store. */
export async function inEditors(
  machine: Machine,
  names: readonly string[],
  label: string,
  product: Product,
): Promise<Held> {
  return together(await Promise.all(names.map(name => inEditor(machine, name, label, product))));
}

async function inEditor(machine: Machine, name: string, label: string, product: Product): Promise<Held> {
  const source = `${name} state.vscdb`;
  const rows = await knownRows(machine, pathOf(machine, name), selection);
  if (rows.state === 'unreadable') return unreadable(machine, source, rows);
  const token = toText(recordOf(valueUnder(rows, 'windsurfAuthStatus')).apiKey);
  if (token === undefined) return nothing;
  const renew: Remedy = {code: 'open', name};
  return loginOf(machine, {source, token, renew, label, identity: `source ${source}`}, product);
}

/** The figures that a Windsurf editor noted when it started, as old as its store; null where there are none that hold. */
export async function figuresOf(machine: Machine): Promise<{source: string; known: Known} | null> {
  for (const name of directories.windsurf) {
    const path = pathOf(machine, name);
    const info = valueUnder(await knownRows(machine, path, selection), 'windsurf.settings.cachedPlanInfo');
    const reading = parsePlanInfo(info, machine.now());
    const writtenAt = reading === null ? null : await machine.modifiedAt(path);
    if (reading !== null && writtenAt !== null)
      return {source: `${name} state.vscdb`, known: {reading, readAt: Math.min(writtenAt, machine.now())}};
  }
  return null;
}

const valueUnder = (rows: Rows, key: string): unknown =>
  rows.state === 'ok' ? maybeJson(decoded(rows.rows.find(row => row.key === key)?.value)) : undefined;

/** A value is a text, or its bytes in one of two encodings. */
function decoded(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value ?? '');
  return new TextDecoder(value[1] === 0 ? 'utf-16le' : 'utf-8').decode(value);
}
