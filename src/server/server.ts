import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {Duplex} from 'node:stream';
import type {Clock} from '../core/clock.ts';
import type {ListenAddress} from './address.ts';
import {refusal, send} from './answer.ts';
import {limitConnections} from './connections.ts';
import {createFeed, type FeedParts} from './feed.ts';
import {type GateParts, passGate} from './gate.ts';
import {createHostCheck} from './hosts.ts';
import {boundAddress, listening} from './listen.ts';
import {pageFiles} from './page-files.ts';
import {createRateLimit, type Rate, usualRate} from './rate-limit.ts';
import {answer, type Metrics, type RouteParts} from './routes.ts';
import {tokenCheck} from './token.ts';

export type ServeOptions = Omit<FeedParts, 'clock'> & {
  clock: Clock;
  listen: ListenAddress;
  allowedHosts: readonly string[];
  token: string | null;
  /** Text of a file of the page; null where there is none. */
  page(name: string): string | null;
  metrics: Metrics;
  isPolling(): boolean;
  /** Something went wrong here, not with who asked. */
  complain(text: string): void;
  rate?: Rate;
  connections?: number;
};
export type Serving = {
  /** With the port that was free, where any was good. */
  address: ListenAddress;
  close(): Promise<void>;
};

/** Slow clients are given up: what is asked here fits into one packet. */
const limits = {
  maxHeaderSize: 8192,
  headersTimeout: 8000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
};
// Twice as long as a listener is left without a sign of life.
const longestSilenceMs = 30_000;
const mostHeaders = 64;
const mostRequestsPerSocket = 10_000;

/** Rejects when the address cannot be had. */
export async function startServer(options: ServeOptions): Promise<Serving> {
  const server = createServer(limits);
  server.maxHeadersCount = mostHeaders;
  server.maxRequestsPerSocket = mostRequestsPerSocket;
  server.timeout = longestSilenceMs;
  const connections = limitConnections(server, options.connections);
  await listening(server, options.listen);
  const address = boundAddress(server, options.listen);
  const feed = createFeed(options);
  const files = pageFiles(options.page);
  const gate: GateParts = {
    isOurs: createHostCheck(address, options.allowedHosts),
    rate: createRateLimit(options.rate ?? usualRate, options.services.now),
    hasToken: options.token === null ? null : tokenCheck(options.token),
    isOpen: files.has,
  };
  const parts: RouteParts = {...options, feed, files, metrics: rememberedMetrics(options)};
  server.on('request', (request, response) => {
    connections.hold(request.socket, response);
    void handle(request, response, gate, parts).catch(error => fail(request, response, error, options));
  });
  answerOddities(server);
  server.on('error', error => options.complain(String(error.message)));
  return {
    address,
    close: () =>
      new Promise(resolve => {
        feed.close();
        server.close(() => resolve());
        connections.closeAll();
      }),
  };
}

async function handle(request: IncomingMessage, response: ServerResponse, gate: GateParts, parts: RouteParts) {
  response.on('error', () => response.destroy());
  const passed = passGate(request, gate);
  if ('refused' in passed) send(request, response, passed.refused);
  else await answer(request, response, passed.path, parts);
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown, {complain}: ServeOptions): void {
  complain(`a request failed: ${error instanceof Error ? error.message : String(error)}`);
  if (response.headersSent) response.destroy();
  else send(request, response, refusal(500, 'this should not happen; the log of the server says why'));
}

/** What is no request that can be answered gets one line all the same, and is hung up on. */
function answerOddities(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = statusOf(error.code);
    if (status === null || !socket.writable) socket.destroy();
    else hangUp(socket, status);
  });
  server.on('connect', (_, socket) => hangUp(socket, '405 Method Not Allowed'));
  server.on('upgrade', (_, socket) => hangUp(socket, '400 Bad Request'));
  server.on('checkContinue', (_, response) => hangUp(response.socket, '417 Expectation Failed'));
  server.on('checkExpectation', (_, response) => hangUp(response.socket, '417 Expectation Failed'));
}

function statusOf(code: string | undefined): string | null {
  if (code === 'ECONNRESET') return null;
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
}

function hangUp(socket: Duplex | null, status: string): void {
  socket?.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

/** They are made anew once a second at most, however often they are asked for. */
function rememberedMetrics({metrics, services: {monitor, now}}: ServeOptions): Metrics {
  let last: {of: readonly unknown[]; made: ReturnType<Metrics>} | null = null;
  return () => {
    const of = [monitor.store.get(), Math.floor(now() / 1000)];
    if (last === null || of.some((each, at) => each !== last?.of[at])) last = {of, made: metrics()};
    return last.made;
  };
}
