import type {Account, Machine} from '../../core/provider.ts';
import {appDirectory} from '../shared/app-directories.ts';
import {type Held, nothing, trouble} from '../shared/held.ts';
import {maybeJson} from '../shared/http.ts';
import {knownRows} from '../shared/known-rows.ts';
import {recordOf, toText} from '../shared/values.ts';
import {loginIn, unreadable} from './login.ts';
import {editorFiles, places, tokenFile} from './names.ts';
import {parseUsageState} from './parse.ts';

/** The editor's login, and the figures that the editor itself noted last: its token lives for an hour only. */
export async function inIde(machine: Machine): Promise<Held> {
  const source = 'kiro-auth-token.json';
  const file = await machine.readJson(`${machine.home}/${tokenFile}`);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable') return trouble(unreadable(machine, source, file));
  const profileArn = await profileOf(machine);
  const found = {source, label: places.ide, renew: {code: 'open', name: 'Kiro'}, profileArn} as const;
  const held = loginIn(machine, recordOf(file.value), found);
  if (held.logins.length === 0) return held;
  const cached = await figuresOf(machine);
  return cached === null ? held : {...held, logins: held.logins.map(login => ({...login, cached}))};
}

const [profileFile, stateFile] = editorFiles;
const pathTo = (machine: Machine, file: string): string => `${appDirectory(machine, 'Kiro')}/${file}`;

async function profileOf(machine: Machine): Promise<string | undefined> {
  const file = await machine.readJson(pathTo(machine, profileFile));
  return file.state === 'ok' ? toText(recordOf(file.value).arn) : undefined;
}

async function figuresOf(machine: Machine): Promise<NonNullable<Account['cached']> | null> {
  const selection = "select cast(value as text) as value from ItemTable where key = 'kiro.kiroAgent'";
  const read = await knownRows(machine, pathTo(machine, stateFile), selection);
  const text = read.state === 'ok' ? read.rows[0]?.value : undefined;
  return typeof text === 'string' ? parseUsageState(maybeJson(text), machine.now()) : null;
}
