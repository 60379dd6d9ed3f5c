import type {
  DemoRequest,
  DemoService,
  Machine,
  Rows,
  RunResult,
  Wire,
  WireRequest,
  WireResponse,
} from '../core/provider.ts';
import {demoFiles, demoStores} from './demo-files.ts';

const home = '/home/demo';
const programs = `${home}/.local/bin`;
const hour = 3_600_000;
// As long as a program takes to start.
const runMs = 600;

/**
 * A computer that exists only in memory: the invented credential files, variables and programs of all services, with one
 * home directory. Services may share a JSON file, as tools do: each has its own keys there. `sha256` (lower-case
 * hex) comes from outside because nothing here touches Node.
 */
export function createDemoMachine(
  services: Readonly<Record<string, DemoService>>,
  now: () => number,
  sha256: (text: string) => string,
): Machine {
  // Made anew once an hour, as real tokens are, so that a demo left open overnight does not show expired logins.
  const since = () => Math.floor(now() / hour) * hour;
  const files = () => demoFiles(Object.values(services), since(), `${home}/`);
  const stores = () => new Map(Object.values(services).flatMap(service => demoStores(service, since(), `${home}/`)));
  const readText: Machine['readText'] = async path => {
    const text = files().get(path);
    return text === undefined ? {state: 'missing'} : {state: 'ok', text};
  };
  return {
    platform: 'linux',
    home,
    env: Object.assign({}, ...Object.values(services).map(({env}) => env)),
    now,
    readText,
    readJson: async path => {
      const file = await readText(path);
      return file.state === 'ok' ? {state: 'ok', value: JSON.parse(file.text) as unknown} : file;
    },
    modifiedAt: async path => (files().has(path) || stores().has(path) ? now() : null),
    list: async directory => namesIn(directory, [...files().keys(), ...stores().keys()]),
    query: async path => rowsOf(stores().get(path)),
    which: async program => {
      const names = Object.values(services).flatMap(service => Object.keys(service.programs?.(now()) ?? {}));
      return names.includes(program) ? `${programs}/${program}` : null;
    },
    run: async () => notStarted,
    stored: async () => [],
    sha256,
    setting: () => undefined,
  };
}

/** All that stands in a store, whatever of it is asked for. */
const rowsOf = (values: Readonly<Record<string, string>> | undefined): Rows =>
  values === undefined
    ? {state: 'missing'}
    : {state: 'ok', rows: Object.entries(values).map(([key, value]) => ({key, value}))};

function namesIn(directory: string, paths: readonly string[]): string[] {
  const root = `${directory.replace(/\/+$/, '')}/`;
  const below = paths.filter(path => path.startsWith(root)).map(path => path.slice(root.length).split('/')[0] ?? '');
  return [...new Set(below)].sort();
}

export type DemoWireOptions = {
  signal?: AbortSignal;
  /** How long an answer takes; by default 300–900 ms, always the same for the same login. */
  delayMs?: number;
  memory?: Map<string, unknown>;
};

/** A network that ends in a function: the service's own answers, a moment later. An abort rejects with the signal's reason. */
export function createDemoWire(
  service: DemoService,
  now: () => number,
  version: string,
  {signal, delayMs, memory = new Map()}: DemoWireOptions = {},
): Wire {
  return {
    now,
    version,
    memory,
    protect: () => {},
    async run(program, args) {
      await pause(delayMs ?? runMs, signal);
      return printed(service, program, args, now());
    },
    async send(request) {
      const asked = toDemoRequest(request);
      await pause(delayMs ?? delayOf(asked), signal);
      return answered(service, asked, now());
    },
  };
}

const notStarted: RunResult = {code: 127, stdout: '', stderr: '', timedOut: false};

function printed(service: DemoService, program: string, args: readonly string[], now: number): RunResult {
  const outputs = Object.entries(service.programs?.(now) ?? {}).find(
    ([name]) => program === `${programs}/${name}`,
  )?.[1];
  if (outputs === undefined) return notStarted;
  const stdout = outputs[args.join(' ')];
  return stdout === undefined ? {...notStarted, code: 2} : {...notStarted, code: 0, stdout};
}

function toDemoRequest({method = 'GET', url, headers = {}, body = ''}: WireRequest): DemoRequest {
  const {pathname, search} = new URL(url);
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {method, path: pathname + search, headers: lower, body};
}

function answered(service: DemoService, request: DemoRequest, now: number): WireResponse {
  const {status, headers = {}, body} = service.answer(request, now);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    status,
    headers: {'content-type': typeof body === 'string' ? 'text/plain' : 'application/json', ...lower},
    text,
  };
}

const delayOf = ({path, headers}: DemoRequest): number => {
  const letters = [...`${headers.authorization ?? ''} ${path}`];
  return 300 + (letters.reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7) % 601);
};

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, {once: true});
  });
}
