import {writeFileSync} from 'node:fs';
import {release} from 'node:os';
import {resolve} from 'node:path';
import {type ComposeOptions, compose} from '../compose.ts';
import type {Services} from '../core/services.ts';
import {sanitizeDeep} from '../core/text/sanitize.ts';
import {accountsOf, type HeardAnswer, heardAnswer, namedAs} from '../output/bundle.ts';
import {partOfSettings, safeSettings} from '../output/bundle-settings.ts';
import {catalogue, pathVariables} from '../providers/index.ts';
import {reasonOf} from '../system/files/private-file.ts';
import {urlVariable} from '../system/http/origins.ts';
import {ledgerFacts} from '../system/ledger/facts.ts';
import {isSingleExecutable} from '../system/single-executable.ts';
import {version} from '../version.ts';
import {hideIn} from '../view/format/privacy.ts';
import {bindings} from '../view/keymap/table.ts';
import type {Asked} from './args/parse.ts';
import {directoryChecks} from './doctor-directories.ts';
import {directoriesOf} from './doctor-world.ts';
import {redactor, secretsIn} from './faults.ts';
import {complain, print} from './output.ts';
import {closeWhenInterrupted, demoIn, searchedPlaces, timeoutMsOf} from './program.ts';

const usualTimeoutMs = 30_000;

/**
 * What a report of a fault needs, in a file that can be shown to anybody: every account is read once, and of what comes
 * back kinds and shapes are kept. Returns the exit code.
 */
export async function writeBundle(asked: Asked): Promise<number> {
  const demo = demoIn(asked);
  const answers: HeardAnswer[] = [];
  const directories = demo !== undefined ? [] : await directoryChecks(directoriesOf(process.env));
  // Before this very command makes one.
  const ledger = demo !== undefined ? null : ledgerFacts(stateDirectory());
  const services = await compose({
    ...{env: process.env, demo, providers: asked.providers, override: settings => settings, ledger: true, redactor},
    onAnswer: (provider, answer) => answers.push(heardAnswer(provider, answer)),
  } satisfies ComposeOptions);
  closeWhenInterrupted(services);
  try {
    const found = await findings(services, answers, timeoutMsOf(asked, usualTimeoutMs));
    const checked = directories.map(({id, status}) => ({id, status}));
    return await write(fileFor(asked), textOf({...surroundings(), directories: checked, ledger, ...found}, services));
  } finally {
    await services.close();
  }
}

const stateDirectory = (): string => directoriesOf(process.env).at(-1)?.path ?? '';

const fileFor = (asked: Asked): string =>
  resolve(asked.text('bundle') || `mystatus-tui-bundle-${new Date().toISOString().slice(0, 10)}.json`);

function surroundings() {
  const {versions, platform, arch, env, stdin, stdout} = process;
  return {
    schema: 'mystatus-bundle/v1',
    madeAt: new Date().toISOString(),
    program: {version, kind: isSingleExecutable() ? 'executable' : 'package'},
    system: {node: versions.node, platform, arch, release: release()},
    terminal: {
      stdin: Boolean(stdin.isTTY),
      stdout: Boolean(stdout.isTTY),
      size: stdout.isTTY ? `${stdout.columns}x${stdout.rows}` : null,
      colorBits: stdout.isTTY ? stdout.getColorDepth() : null,
      ...Object.fromEntries(shownVariables.map(name => [name, plainValue(env[name])])),
    },
    variables: knownVariables().filter(name => env[name] !== undefined),
  };
}

const shownVariables = ['TERM', 'COLORTERM', 'TERM_PROGRAM', 'TERM_PROGRAM_VERSION', 'LANG', 'LC_ALL', 'LC_TIME'];
const plainValue = (value: string | undefined): string | null =>
  value === undefined ? null : /^[\w.@:-]{1,40}$/.test(value) ? value : '<text>';

/** Of these it is told whether they are set, and nothing else. */
const knownVariables = (): string[] => [
  ...['TMUX', 'STY', 'SSH_CONNECTION', 'NO_COLOR', 'COLORFGBG', 'INK_SCREEN_READER', 'REDUCED_MOTION', 'CI'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'],
  ...['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'XDG_DATA_HOME'],
  ...['MYSTATUS_CONFIG_DIR', 'MYSTATUS_STATE_DIR', 'MYSTATUS_LEDGER', 'MYSTATUS_SERVE_TOKEN'],
  ...['OTEL_EXPORTER_OTLP_ENDPOINT', ...pathVariables, ...catalogue.map(({id}) => urlVariable(id))],
  ...catalogue.flatMap(({places}) => places.flatMap(({variables = []}) => variables)),
];

async function findings(services: Services, answers: readonly HeardAnswer[], timeoutMs: number) {
  const state = await services.monitor.readOnce({timeoutMs, maxAgeMs: 0});
  const rows = await services.credentials.rows();
  const {settings, problems} = services.settings.store.get();
  const ids = catalogue.map(({id}) => id);
  const name = namedAs(
    ids,
    settings.customProviders.map(({id}) => id),
  );
  const places = await searchedPlaces(services);
  return {
    settings: safeSettings(settings, [...ids, ...bindings.map(binding => binding.name)]),
    settingsProblems: problems.map(({path}) => partOfSettings(path)),
    notices: state.notices.map(({code}) => code),
    offline: state.offline,
    accounts: accountsOf(state, rows, name, services.now()),
    places: places.flatMap(provider =>
      provider.places
        .filter(({found}) => found !== 'absent')
        .map(({place, found}) => ({provider: name(provider.id), place: place.name, found})),
    ),
    answers: answers.map(answer => ({...answer, provider: name(answer.provider)})),
    labels: rows.map(({account}) => account.label),
  };
}

type Findings = Awaited<ReturnType<typeof findings>>;

/** Known secrets are taken out once more, whatever they hid in. */
function textOf({labels, ...bundle}: Findings & Record<string, unknown>, {redact}: Services): string {
  const fromEnvironment = secretsIn(process.env);
  const own = (text: string): string => fromEnvironment.redact(redact(text));
  const accounts = bundle.accounts.map(account => ({...account, source: hideIn(account.source, labels)}));
  return `${JSON.stringify(sanitizeDeep({...bundle, accounts}, own), null, 2)}\n`;
}

async function write(file: string, text: string): Promise<number> {
  try {
    // Nothing is overwritten, and no link is followed.
    writeFileSync(file, text, {mode: 0o600, flag: 'wx'});
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    return complain(isThere ? `${file} is there already: name another file` : `${file}: ${reasonOf(error)}`, 1);
  }
  return print(
    `${file}\n`,
    complain('the bundle has no secrets, names or values in it; look through it before you share it'),
  );
}
