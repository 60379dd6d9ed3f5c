import type {Agent} from 'node:http';
import type {Response} from 'node-fetch';
import {longestTimerMs} from '../../core/clock.ts';
import {ProviderError} from '../../core/model.ts';
import type {Provider, Wire, WireRequest, WireResponse} from '../../core/provider.ts';
import {codeOf} from '../files/trouble.ts';
import {runProgram} from '../programs/programs.ts';
import {agentFor, dropKept, keptReset} from './agents.ts';
import {networkFailure} from './network-errors.ts';
import {proxyFor} from './proxy.ts';
import {hostOf, targetOf} from './target.ts';
import {unpacked} from './unpack.ts';

/** The most that is read of an answer, as it comes and once more unpacked: 1 MiB. */
const bodyCap = 1_048_576;
const defaultDeadlineMs = 10_000;

export type WireOptions = {
  provider: Pick<Provider, 'id' | 'hosts'>;
  /** Replaces scheme, host and port of every request; as `originFor` accepted it. */
  origin?: string | null;
  env: Readonly<Record<string, string | undefined>>;
  version: string;
  now: () => number;
  signal?: AbortSignal;
  /** For everything that is sent through this wire together, headers and bodies; counted from its creation. */
  deadlineMs?: number;
  protect?: (secret: string) => void;
  memory?: Map<string, unknown>;
};

/** The network for one asking of one account. An abort of `signal` rejects with its AbortError, all else with `ProviderError`. */
export function createWire(options: WireOptions): Wire {
  const {env, now, version, signal, protect = () => {}, memory = new Map()} = options;
  const deadlineAt = performance.now() + (options.deadlineMs ?? defaultDeadlineMs);
  return {
    now,
    version,
    protect,
    memory,
    send: request => within(deadlineAt, signal, stop => exchange(request, options, stop)),
    run: (program, args, {moreEnv, ...run}) => runProgram(program, args, {env: {...env, ...moreEnv}, ...run, signal}),
  };
}

/** Ends `work` at the deadline or when `signal` aborts, whichever comes first, and says which it was. */
async function within<T>(
  deadlineAt: number,
  signal: AbortSignal | undefined,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const onAbort = () => stop.abort(abortErrorOf(signal));
  const expire = () =>
    stop.abort(
      new ProviderError('timeout', {detail: 'the response was incomplete at the deadline', remedy: 'network'}),
    );
  const timer = setTimeout(expire, Math.min(longestTimerMs, Math.max(0, deadlineAt - performance.now())));
  signal?.addEventListener('abort', onAbort, {once: true});
  if (signal?.aborted) onAbort();
  else if (performance.now() >= deadlineAt) expire();
  try {
    stop.signal.throwIfAborted();
    return await Promise.race([work(stop.signal), aborted(stop.signal)]);
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

// What waits for an import or a proxy does not hear the signal.
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), {once: true}));

function abortErrorOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error && reason.name === 'AbortError'
    ? reason
    : new DOMException('The request was aborted', 'AbortError');
}

async function exchange(
  request: WireRequest,
  {provider, origin = null, env, version}: WireOptions,
  stop: AbortSignal,
): Promise<WireResponse> {
  const target = targetOf(request.url, provider.hosts, origin);
  const headers = headersOf(request, version);
  const proxy = proxyFor(target, env);
  try {
    return await whole(await ask(target, {...request, headers}, await agentFor(target, proxy), stop), target);
  } catch (error) {
    throw stop.aborted ? stop.reason : networkFailure(error, proxy);
  }
}

/**
 * Services close connections that were kept open whenever they like, also in the moment in which one is used again. That
 * says nothing about the service: a question that changes nothing is put once more, on a new connection.
 */
async function ask(target: URL, request: WireRequest, agent: Agent, stop: AbortSignal): Promise<Response> {
  try {
    return await askOnce(target, request, agent, stop);
  } catch (error) {
    if (stop.aborted || codeOf(error) !== keptReset || (request.method ?? 'GET') !== 'GET') throw error;
    dropKept(agent);
    return askOnce(target, request, agent, stop);
  }
}

async function askOnce(
  target: URL,
  {method = 'GET', headers = {}, body}: WireRequest,
  agent: Agent,
  signal: AbortSignal,
): Promise<Response> {
  const {default: fetch} = await import('node-fetch');
  // Unpacked here and not there: node-fetch counts only what comes out, so that what goes in could be endless.
  const encodings = {'accept-encoding': 'gzip, deflate, br', ...headers};
  const sent = {method, headers: encodings, ...(body === undefined ? {} : {body})};
  return fetch(target.href, {...sent, agent, signal, redirect: 'manual', compress: false, size: bodyCap});
}

/** Lower-case names. Throws for a value that no header can carry: a credential with a line break or foreign letters in it. */
function headersOf(request: WireRequest, version: string): Record<string, string> {
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  if (given.some(([, value]) => /[^\t\x20-\x7e\x80-\xff]/.test(value)))
    throw new ProviderError('auth_rejected', {
      detail: 'the credential contains characters that cannot be sent',
      remedy: 'replace-credential',
    });
  return {'user-agent': `mystatus-tui/${version}`, ...Object.fromEntries(given)};
}

async function whole(response: Response, target: URL): Promise<WireResponse> {
  const {status} = response;
  if (isRedirect(status)) {
    (response.body as NodeJS.ReadableStream & {destroy(): void}).destroy();
    const location = response.headers.get('location');
    const where = location === null ? 'nowhere' : hostOf(location, target);
    throw new ProviderError('bad_response', {detail: `redirected to ${where}; not followed with a credential`});
  }
  const body = Buffer.from(await response.arrayBuffer());
  const bytes = await unpacked(body, response.headers.get('content-encoding'), bodyCap);
  return {status, headers: Object.fromEntries(response.headers), text: new TextDecoder().decode(bytes)};
}

// 304 is none: nobody asks here whether something changed, so it is an answer without a body.
const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;
