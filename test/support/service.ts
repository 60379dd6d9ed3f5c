import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {DemoAnswer, DemoRequest} from '../../src/core/provider.ts';

export type ServiceRequest = DemoRequest;
/** What a fake service does with one request: an answer, or one of the ways in which real services misbehave. */
export type ServiceAnswer =
  | DemoAnswer
  | {misbehave: 'reset' | 'stall-headers' | 'stall-body'}
  | (DemoAnswer & {delayMs: number});
export type Handler = (request: ServiceRequest) => ServiceAnswer | Promise<ServiceAnswer>;

export type Service = {
  /** http://127.0.0.1:<port> */
  origin: string;
  requests: ServiceRequest[];
  /** Replaces what the service does from the next request on. */
  answerWith(handler: Handler): void;
  close(): Promise<void>;
};

/**
 * On a port that the system gives to nobody by itself, so that it is free when the service comes back; one that was
 * given away by then belongs to another test.
 */
export async function startOnOwnPort(handler: Handler): Promise<Service> {
  const port = 10_000 + Math.floor(Math.random() * 22_000);
  return startService(handler, port).catch(() => startOnOwnPort(handler));
}

/** A real HTTP server on loopback that answers as `handler` says and remembers what it was asked. */
export async function startService(
  handler: Handler = () => ({status: 404, body: {message: 'Not Found'}}),
  port = 0,
): Promise<Service> {
  const requests: ServiceRequest[] = [];
  let current = handler;
  const server = createServer(async (incoming, outgoing) => {
    const request = await received(incoming);
    requests.push(request);
    await reply(outgoing, await current(request));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answerWith(next) {
      current = next;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function received(incoming: IncomingMessage): Promise<ServiceRequest> {
  let body = '';
  for await (const chunk of incoming) body += chunk;
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return {method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body};
}

async function reply(outgoing: ServerResponse, answer: ServiceAnswer): Promise<void> {
  if ('misbehave' in answer) return misbehave(outgoing, answer.misbehave);
  if ('delayMs' in answer) await new Promise(resolve => setTimeout(resolve, answer.delayMs));
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  outgoing.writeHead(answer.status, {
    'content-type': typeof answer.body === 'string' ? 'text/plain' : 'application/json',
    ...answer.headers,
  });
  outgoing.end(text);
}

function misbehave(outgoing: ServerResponse, how: 'reset' | 'stall-headers' | 'stall-body'): void {
  if (how === 'reset') outgoing.socket?.destroy();
  if (how === 'stall-body') {
    outgoing.writeHead(200, {'content-type': 'application/json'});
    outgoing.write('{"a":');
  }
}
