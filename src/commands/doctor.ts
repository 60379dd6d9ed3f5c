import {constants} from 'node:fs';
import {access, stat} from 'node:fs/promises';
import type {Asked} from '../command-line/parse.ts';
import type {CredentialRow} from '../core/program.ts';
import type {Provider} from '../core/provider.ts';
import {type Check, doctorExitCode, doctorJson, doctorText} from '../surfaces/doctor-report.ts';
import {version} from '../version.ts';
import {remedyText} from '../view/labels.ts';
import {hideIn} from '../view/privacy.ts';
import {en} from '../view/strings/en.ts';
import {type DoctorWorld, doctorWorld} from './doctor-world.ts';
import {print, wantsColor, widthOf} from './output.ts';
import {timeoutMsOf} from './program.ts';

const reachTimeoutMs = 8000;

/** What works and what does not. Nothing secret is in it: it is made to be pasted into a report. */
export async function runDoctor(asked: Asked): Promise<number> {
  const world = await doctorWorld(process.env, asked.has('demo'));
  const rows = await world.program.credentials.rows();
  const isPrivate = asked.has('privacy') || world.program.settings.store.get().settings.display.privacy;
  const names = rows.map(({account}) => account.label);
  const say = (text: string): string => world.program.redact(isPrivate ? hideIn(text, names) : text);
  const checks = [
    nodeCheck(),
    terminalCheck(),
    ...(await directoryChecks(world)),
    ...settingsChecks(world),
    ...noticeChecks(world),
    ...accountChecks(world, rows),
    ...keychainChecks(rows),
    ...(await reachChecks(world, rows, timeoutMsOf(asked, reachTimeoutMs))),
  ].map(check => ({...check, detail: say(check.detail)}));
  await world.program.close();
  const text = asked.has('json')
    ? doctorJson(checks)
    : doctorText(checks, {width: widthOf(80), color: wantsColor(asked.has('no-color'))});
  return print(text, doctorExitCode(checks));
}

const nodeCheck = (): Check => ({
  id: 'node',
  title: 'Node',
  status: 'ok',
  detail: `${process.versions.node} on ${process.platform} ${process.arch}, mystatus-tui ${version}`,
});

function terminalCheck(): Check {
  const {stdin, stdout, env} = process;
  const base = {id: 'terminal', title: 'Terminal'} as const;
  if (!stdin.isTTY || !stdout.isTTY)
    return {...base, status: 'info', detail: 'none here; the monitor needs one, the other commands do not'};
  if (env.TERM === 'dumb')
    return {
      ...base,
      status: 'warn',
      detail: 'TERM=dumb cannot move its cursor',
      hint: 'the monitor prints one reading as text there',
    };
  const inside = env.TMUX ? ', inside tmux' : env.STY ? ', inside screen' : '';
  return {
    ...base,
    status: 'ok',
    detail: `${env.TERM ?? 'unknown'}, ${stdout.columns}×${stdout.rows}, ${stdout.getColorDepth()}-bit colour${inside}`,
  };
}

async function directoryChecks({directories}: DoctorWorld): Promise<Check[]> {
  return Promise.all(
    directories.map(async ({id, title, path}) => {
      const base = {id, title};
      const found = await stat(path).catch(() => null);
      if (found !== null && !found.isDirectory())
        return {...base, status: 'fail', detail: 'a file stands where the directory should be'} as const;
      const writable = await access(path, constants.W_OK).then(
        () => true,
        (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : false),
      );
      if (writable === null)
        return {...base, status: 'info', detail: 'not there yet; it is made when it is needed'} as const;
      if (!writable)
        return {
          ...base,
          status: 'fail',
          detail: 'cannot be written',
          hint: 'give it back to your user: chown, chmod 700',
        } as const;
      const isOpen = process.platform !== 'win32' && ((found?.mode ?? 0) & 0o077) !== 0;
      return isOpen
        ? ({...base, status: 'warn', detail: 'other users can look into it', hint: 'chmod 700'} as const)
        : ({...base, status: 'ok', detail: 'there, and ours alone'} as const);
    }),
  );
}

function settingsChecks({program}: DoctorWorld): Check[] {
  const {problems} = program.settings.store.get();
  if (problems.length === 0)
    return [{id: 'settings', title: 'Settings', status: 'ok', detail: 'every value is understood'}];
  return problems.map(({text}) => ({
    id: 'settings',
    title: 'Settings',
    status: 'warn',
    detail: text,
    hint: 'mend it in config.json',
  }));
}

const noticeChecks = ({program}: DoctorWorld): Check[] =>
  program.monitor.store.get().notices.map(({code, text}) => ({
    id: code,
    title: code === 'credentials' || code === 'permissions' ? 'Credentials' : 'Ledger',
    status: 'warn',
    detail: text,
  }));

function accountChecks({program}: DoctorWorld, rows: readonly CredentialRow[]): Check[] {
  if (rows.length === 0)
    return [
      {
        id: 'accounts',
        title: 'Accounts',
        status: 'warn',
        detail: 'no login was found anywhere',
        hint: 'log in with codex, opencode or gh, or run "mystatus-tui login"',
      },
    ];
  return program.catalogue.flatMap(({id, name}) => {
    const own = rows.filter(({account}) => account.provider === id);
    return own.map(({account, hidden}): Check => {
      const place = `${account.key}, from ${account.source}${hidden ? ', hidden' : ''}`;
      const base = {id: `account ${account.key}`, title: name};
      if (account.problem !== undefined)
        return {...base, status: 'fail', detail: `${place}: ${account.problem.detail}`};
      const isExpired = account.expiresAt !== null && account.expiresAt < Date.now();
      return isExpired
        ? {...base, status: 'warn', detail: `${place}: its token has expired`}
        : {...base, status: 'ok', detail: place};
    });
  });
}

/** Of interest only where a stored login needs it; asking without need may put a prompt before the user. */
function keychainChecks(rows: readonly CredentialRow[]): Check[] {
  const kept = rows.filter(({keychain}) => keychain === true);
  if (kept.length === 0) return [];
  const problem = kept.find(({account}) => account.problem?.remedy?.code === 'keychain')?.account.problem;
  const detail =
    problem === undefined ? `can be used; stored logins in it: ${kept.length}` : 'cannot be used, see above';
  return [{id: 'keychain', title: 'Keychain', status: 'info', detail}];
}

/** Asks the host of every provider that has an account for nothing, without a credential: any answer will do. */
async function reachChecks(
  {providers, reach}: DoctorWorld,
  rows: readonly CredentialRow[],
  timeoutMs: number,
): Promise<Check[]> {
  const used = providers.filter(({id}) => rows.some(({account}) => account.provider === id));
  return Promise.all(
    used.map(async (provider: Provider): Promise<Check> => {
      const problem = await reach(provider, timeoutMs);
      const base = {id: `reach ${provider.id}`, title: `${provider.name} service`};
      const endpoint = rows.find(({account}) => account.provider === provider.id)?.endpoint;
      const instead = endpoint === undefined ? '' : `; ${endpoint} stands in for ${provider.hosts[0]}`;
      if (problem === null) return {...base, status: 'ok', detail: `answers${instead}`};
      const isAddress = problem.remedy?.code === 'endpoint';
      const hint = isAddress
        ? remedyText({code: 'endpoint'}, en)
        : 'check the network, HTTPS_PROXY and NODE_EXTRA_CA_CERTS';
      return {...base, status: 'fail', detail: `${problem.detail}${instead}`, hint};
    }),
  );
}
