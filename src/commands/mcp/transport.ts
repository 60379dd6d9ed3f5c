import type {Readable, Writable} from 'node:stream';
import type {JSONRPCMessage, JSONRPCRequest, Transport} from '@modelcontextprotocol/server';
import {createLines} from './lines.ts';

/**
 * Messages of JSON-RPC, a line each. The SDK's own transport says nothing to a line that is none, and ends at a long one;
 * this one answers with the protocol's error, and goes on.
 */
export type LineTransport = Transport & {closed: Promise<void>};

type Options = {
  input: Readable;
  output: Writable;
  /** Throws at what is no message. */
  parse(value: unknown): JSONRPCMessage;
  onRequest(method: string): void;
  /** No request will follow: what waits should come to its end. */
  onEnding(): void;
};
type Id = string | number;

const longestLine = 1024 * 1024;
// More at a time come from no program that reads its answers.
const mostPending = 32;
// What was requested before the input ended is still answered.
const graceMs = 10_000;

const errors = {
  parse: [-32_700, 'Parse error: a line is not JSON'],
  invalid: [-32_600, 'Invalid Request: not a message of JSON-RPC 2.0'],
  long: [-32_600, 'Invalid Request: a line is longer than 1 MiB'],
  busy: [-32_000, 'Too many requests at once'],
} as const;

export function createTransport({input, output, parse, onRequest, onEnding}: Options): LineTransport {
  const pending = new Set<Id>();
  const lines = createLines(longestLine, take);
  let [isClosed, hasEnded] = [false, false];
  let resolveClosed = (): void => {};

  function write(message: object): void {
    if (isClosed || output.write(`${JSON.stringify(message)}\n`)) return;
    // Who does not read is not read either.
    input.pause();
    output.once('drain', () => !isClosed && input.resume());
  }
  const refuse = ([code, message]: readonly [number, string], id: Id | null): void =>
    write({jsonrpc: '2.0', id, error: {code, message}});

  function take(line: string | null): void {
    const read = line === null ? {error: errors.long, id: null} : readLine(line, parse);
    if ('error' in read) refuse(read.error, read.id);
    else if (isRequest(read.message)) takeRequest(read.message);
    else {
      settle(cancelledId(read.message));
      transport.onmessage?.(read.message);
    }
  }
  function takeRequest(message: JSONRPCRequest): void {
    if (pending.size >= mostPending) refuse(errors.busy, message.id);
    else {
      // A subscription is open until the end.
      if (message.method !== 'subscriptions/listen') pending.add(message.id);
      onRequest(message.method);
      transport.onmessage?.(message);
    }
  }
  function settle(id: unknown): void {
    pending.delete(id as Id);
    if (hasEnded && pending.size === 0) void close();
  }
  function end(): void {
    lines.end();
    hasEnded = true;
    onEnding();
    if (pending.size === 0) void close();
    else setTimeout(close, graceMs).unref();
  }
  async function close(): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    input.off('data', lines.add).off('end', end).off('error', close);
    input.pause();
    transport.onclose?.();
    resolveClosed();
  }

  const transport: LineTransport = {
    closed: new Promise(resolve => {
      resolveClosed = resolve;
    }),
    async start() {
      input.on('data', lines.add).on('end', end).on('error', close);
    },
    async send(message) {
      write(message);
      if (!('method' in message)) settle(message.id);
    },
    close,
  };
  return transport;
}

const isRequest = (message: JSONRPCMessage): message is JSONRPCRequest => 'method' in message && 'id' in message;

type Read = {message: JSONRPCMessage} | {error: readonly [number, string]; id: Id | null};

function readLine(line: string, parse: Options['parse']): Read {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return {error: errors.parse, id: null};
  }
  try {
    return {message: parse(value)};
  } catch {
    return {error: errors.invalid, id: idOf(value)};
  }
}

function idOf(value: unknown): Id | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** What is called off gets no answer. */
const cancelledId = (message: JSONRPCMessage): unknown =>
  'method' in message && message.method === 'notifications/cancelled' ? message.params?.requestId : undefined;
