import type {Known} from '../../core/latest-reading.ts';
import type {Account, Machine} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {appDirectory} from '../shared/app-directories.ts';
import {type Held, hint, nothing, only, remedyFor, together} from '../shared/held.ts';
import {maybeJson} from '../shared/http.ts';
import {knownRows} from '../shared/known-rows.ts';
import {notedAccount} from '../shared/noted.ts';
import {editors, id, infoKey, place, stateFile} from './names.ts';
import {parsePlanInfo} from './parse.ts';

type Figures = {source: string; cached: Known};

/** The account whose quotas a Windsurf editor noted (docs/providers/devin.md#where-the-figures-come-from). Never throws. */
export async function discover(machine: Machine, names: readonly string[] = [place]): Promise<Account[]> {
  if (!names.includes(place)) return [];
  const {logins, hints} = together(await Promise.all(editors.map(name => inEditor(machine, name))));
  // All editors show one account, so the store that was written last knows it best.
  const [newest] = [...logins].sort((one, other) => other.cached.readAt - one.cached.readAt);
  if (newest === undefined) return hints.slice(0, 1);
  return [notedAccount(machine, {provider: id, place, reading: newest.cached.reading, ...newest})];
}

async function inEditor(machine: Machine, name: string): Promise<Held<Figures>> {
  const source = `${name} state.vscdb`;
  const path = `${appDirectory(machine, name)}/${stateFile}`;
  const rows = await knownRows(machine, path, `select value from ItemTable where key = '${infoKey}'`);
  if (rows.state === 'unreadable')
    return hint(problemAccount(machine, id, {source, why: rows.why, remedy: remedyFor(rows)}));
  const value = rows.state === 'ok' ? rows.rows[0]?.value : undefined;
  const reading = parsePlanInfo(maybeJson(decoded(value)), machine.now());
  const writtenAt = reading === null ? null : await machine.modifiedAt(path);
  if (reading === null || writtenAt === null) return nothing;
  return only({source, cached: {reading, readAt: Math.min(writtenAt, machine.now())}});
}

/** A value is a text, or its bytes in one of two encodings. */
function decoded(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value ?? '');
  return new TextDecoder(value[1] === 0 || value[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(value);
}
