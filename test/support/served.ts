import {type IncomingHttpHeaders, request} from 'node:http';
import {connect, type Socket} from 'node:net';
import {systemClock} from '../../src/core/clock.ts';
import type {MonitorState} from '../../src/core/model.ts';
import type {Settings} from '../../src/core/settings.ts';
import {metricsText} from '../../src/metrics/prometheus.ts';
import {eventJson} from '../../src/output/event-json.ts';
import {type ServeOptions, type Serving, startServer} from '../../src/server/server.ts';
import {shippedText} from '../../src/system/shipped-text.ts';
import {type FakeProgram, fakeProgram} from './program.ts';

export type Answered = {status: number; headers: IncomingHttpHeaders; body: string};
export type Served = {
  program: FakeProgram;
  port: number;
  complaints: string[];
  ask(path: string, options?: {method?: string; headers?: Record<string, string>}): Promise<Answered>;
  /** Writes these bytes and reads to the end. */
  raw(bytes: string): Promise<string>;
  /** A connection of its own, with what it has received. */
  open(bytes: string): Connection;
  close(): Promise<void>;
};
export type Connection = {socket: Socket; text(): string; closed: Promise<void>};

/** `serve` in this process, over a program that only writes down what it was asked to do. */
export async function serveFake(
  state: MonitorState,
  options: Partial<ServeOptions> = {},
  settings: Partial<Settings> = {},
): Promise<Served> {
  const program = fakeProgram(state, settings);
  const complaints: string[] = [];
  const serving = await startServer({
    services: program,
    clock: systemClock,
    listen: {host: '127.0.0.1', port: 0},
    allowedHosts: [],
    token: null,
    page: name => shippedText(`dist/page/${name}`),
    metrics: () => metricsText(program),
    isPolling: () => !program.state.get().paused,
    eventOf: event => eventJson(event, event.event, false),
    isBuiltIn: () => true,
    complain: text => void complaints.push(text),
    ...options,
  });
  const port = portOf(serving);
  return {
    ...{program, port, complaints, close: serving.close},
    ask: (path, {method = 'GET', headers = {}} = {}) => answerTo({port, path, method, headers}),
    raw: async bytes => {
      const {text, closed} = connectionTo(port, bytes);
      await closed;
      return text();
    },
    open: bytes => connectionTo(port, bytes),
  };
}

const portOf = ({address}: Serving): number => ('port' in address ? address.port : 0);

type Asked = {port: number; path: string; method: string; headers: Record<string, string>};

/** `fetch` would not send another `Host`. */
export function answerTo({port, path, method, headers}: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request({host: '127.0.0.1', port, path, method, headers, agent: false}, response => {
      let body = '';
      response.setEncoding('utf8').on('data', chunk => (body += chunk));
      response.on('end', () => resolve({status: response.statusCode ?? 0, headers: response.headers, body}));
    });
    sent.on('error', reject).end();
  });
}

function connectionTo(port: number, bytes: string): Connection {
  let text = '';
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
  socket.setEncoding('utf8').on('data', chunk => (text += chunk));
  // Being hung up on is what many of these are for.
  socket.on('error', () => socket.destroy());
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()));
  return {socket, text: () => text, closed};
}
