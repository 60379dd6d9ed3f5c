import type {Notice} from '../core/model.ts';
import {type Check, doctorExitCode, doctorJson, doctorText} from '../output/doctor-report.ts';
import {version} from '../version.ts';
import {hideIn} from '../view/format/privacy.ts';
import type {Asked} from './args/parse.ts';
import {databaseChecks} from './doctor-database.ts';
import {directoryChecks} from './doctor-directories.ts';
import {
  accountChecks,
  keychainChecks,
  orphanChecks,
  placeChecks,
  reachChecks,
  searchedChecks,
} from './doctor-logins.ts';
import {metricsChecks} from './doctor-metrics.ts';
import {type DoctorWorld, directoriesOf, doctorWorld} from './doctor-world.ts';
import {print, wantsColor, widthOf} from './output.ts';
import {demoIn, searchedPlaces, timeoutMsOf} from './program.ts';

const reachTimeoutMs = 8000;
const collectorTimeoutMs = 3000;

/** What works and what does not. Nothing secret is in it: it is made to be pasted into a report. */
export async function runDoctor(asked: Asked): Promise<number> {
  if (asked.has('bundle')) return (await import('./bundle.ts')).writeBundle(asked);
  const demo = demoIn(asked);
  const directories = demo !== undefined ? [] : await directoryChecks(directoriesOf(process.env));
  const world = await doctorWorld(process.env, demo, asked.providers);
  const rows = await world.services.credentials.rows();
  const isPrivate = asked.has('privacy') || world.services.settings.store.get().settings.display.privacy;
  const names = rows.map(({account}) => account.label);
  const say = (text: string): string => world.services.redact(isPrivate ? hideIn(text, names) : text);
  const checks = [
    nodeCheck(),
    terminalCheck(),
    ...directories,
    ...settingsChecks(world),
    ...noticeChecks(world),
    ...(demo !== undefined ? [] : await databaseChecks(world.services.settings.store.get().settings)),
    ...accountChecks(world, rows),
    ...keychainChecks(rows),
    ...(world.isNamed ? [] : orphanChecks(await world.services.credentials.orphans())),
    ...(await reachChecks(world, rows, timeoutMsOf(asked, reachTimeoutMs))),
    ...(demo === undefined ? await metricsChecks(process.env, collectorTimeoutMs) : []),
  ].map(check => ({...check, detail: say(check.detail)}));
  // The names of the places are the same on every machine: there is nobody's name in them.
  const places = world.isNamed ? searchedChecks(await searchedPlaces(world.services), say) : placeChecks(world, rows);
  await world.services.close();
  const all = [...checks, ...places];
  const text = asked.has('json')
    ? doctorJson(all)
    : doctorText(all, {width: widthOf(80), color: wantsColor(asked.has('no-color'))});
  return print(text, doctorExitCode(all));
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
    return {...base, status: 'info', detail: 'no terminal here; only the monitor needs one'};
  if (env.TERM === 'dumb')
    return {
      ...base,
      status: 'warn',
      detail: 'TERM=dumb cannot move the cursor',
      hint: 'the monitor prints one reading as text instead',
    };
  const inside = env.TMUX ? ', inside tmux' : env.STY ? ', inside screen' : '';
  return {
    ...base,
    status: 'ok',
    detail: `${env.TERM ?? 'unknown'}, ${stdout.columns}×${stdout.rows}, ${stdout.getColorDepth()}-bit colour${inside}`,
  };
}

function settingsChecks({services}: DoctorWorld): Check[] {
  const {problems} = services.settings.store.get();
  if (problems.length === 0) return [{id: 'settings', title: 'Settings', status: 'ok', detail: 'all values are valid'}];
  return problems.map(({text}) => ({
    id: 'settings',
    title: 'Settings',
    status: 'warn',
    detail: text,
    hint: 'fix it in config.json',
  }));
}

const noticeTitles: Record<Notice['code'], string> = {
  'ledger-unavailable': 'Ledger',
  'ledger-corrupt': 'Ledger',
  'ledger-fleet': 'Ledger',
  settings: 'Settings',
  credentials: 'Credentials',
  permissions: 'Credentials',
  environment: 'Environment',
  'place-skipped': 'Accounts',
  alerts: 'alerts',
  metrics: 'OpenTelemetry',
};

const noticeChecks = ({services}: DoctorWorld): Check[] =>
  // Of the database there is a check of its own.
  services.monitor.store
    .get()
    .notices.filter(({code}) => code !== 'ledger-fleet')
    .map(({code, text}) => ({
      id: code,
      title: noticeTitles[code],
      status: 'warn',
      detail: text,
    }));
