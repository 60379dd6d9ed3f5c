import type {DemoRequest, DemoService, Machine, Wire, WireRequest, WireResponse} from '../core/provider.ts';
import {demoFiles} from './demo-files.ts';

const home = '/home/demo';
const hour = 3_600_000;

/**
 * A computer that exists only in memory: the invented credential files of all services in one home directory, no
 * environment, no programs. Services may share a JSON file, as tools do: each has its own keys there. `sha256` (lower-case
 * hex) comes from outside because nothing here touches Node.
 */
export function createDemoMachine(
  services: Readonly<Record<string, DemoService>>,
  now: () => number,
  sha256: (text: string) => string,
): Machine {
  // Made anew once an hour, as real tokens are, so that a demo left open overnight does not show expired logins.
  const files = () => demoFiles(Object.values(services), Math.floor(now() / hour) * hour, `${home}/`);
  const readText: Machine['readText'] = async path => {
    const text = files().get(path);
    return text === undefined ? {state: 'missing'} : {state: 'ok', text};
  };
  return {
    platform: 'linux',
    home,
    env: {},
    now,
    readText,
    readJson: async path => {
      const file = await readText(path);
      return file.state === 'ok' ? {state: 'ok', value: JSON.parse(file.text) as unknown} : file;
    },
    modifiedAt: async path => (files().has(path) ? now() : null),
    list: async directory => namesIn(directory, [...files().keys()]),
    query: async () => ({state: 'missing'}),
    which: async () => null,
    run: async () => ({code: 127, stdout: '', stderr: '', timedOut: false}),
    stored: async () => [],
    sha256,
    setting: () => undefined,
  };
}

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
    run: async () => ({code: 127, stdout: '', stderr: '', timedOut: false}),
    async send(request) {
      const asked = toDemoRequest(request);
      await pause(delayMs ?? delayOf(asked), signal);
      return answered(service, asked, now());
    },
  };
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
