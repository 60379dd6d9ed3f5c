import type {ServerResponse} from 'node:http';
import type {Clock} from '../core/clock.ts';
import {safeHeaders} from './answer.ts';

/** Server-Sent Events for many listeners. */
export type EventStream = {
  /** False when there are too many already. */
  open(response: ServerResponse, first: readonly StreamEvent[]): boolean;
  send(events: readonly StreamEvent[]): void;
  size(): number;
  close(): void;
};
export type StreamEvent = {event: string; data: unknown};

const mostListeners = 256;
// Proxies end what is silent for a minute.
const heartbeatMs = 15_000;
// What a listener has not taken by then it will not miss: it gets everything anew when it comes back.
const mostUnread = 512 * 1024;

// JSON has no line breaks of its own.
const textOf = ({event, data}: StreamEvent): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** `onBeat` is called while somebody listens, for what time alone changes. */
export function createEventStream(clock: Clock, onBeat: () => void, most = mostListeners): EventStream {
  const listeners = new Set<ServerResponse>();
  const waiting = new WeakMap<ServerResponse, number>();
  let stopBeating: (() => void) | null = null;

  function write(response: ServerResponse, chunk: Buffer): void {
    if (response.writableLength > mostUnread) response.destroy();
    else response.write(chunk);
  }
  function writeAll(chunk: Buffer): void {
    for (const response of listeners) write(response, chunk);
  }
  function beat(): void {
    stopBeating = clock.after(heartbeatMs, beat);
    for (const response of listeners) if (isStuck(response)) response.destroy();
    writeAll(Buffer.from(': still here\n\n'));
    onBeat();
  }
  /** Nothing of what waited at the last beat was taken since. */
  function isStuck(response: ServerResponse): boolean {
    const before = waiting.get(response) ?? 0;
    waiting.set(response, response.writableLength);
    return before > 0 && response.writableLength >= before;
  }
  function drop(response: ServerResponse): void {
    listeners.delete(response);
    if (listeners.size > 0) return;
    stopBeating?.();
    stopBeating = null;
  }

  return {
    size: () => listeners.size,
    open(response, first) {
      if (listeners.size >= most) return false;
      response.writeHead(200, {
        ...safeHeaders,
        'Content-Type': 'text/event-stream; charset=utf-8',
        // For nginx, which would keep events until it has a page of them.
        'X-Accel-Buffering': 'no',
      });
      response.write(`retry: 3000\n\n${first.map(textOf).join('')}`);
      listeners.add(response);
      response.once('close', () => drop(response));
      stopBeating ??= clock.after(heartbeatMs, beat);
      return true;
    },
    send(events) {
      if (listeners.size > 0 && events.length > 0) writeAll(Buffer.from(events.map(textOf).join('')));
    },
    close() {
      for (const response of listeners) response.end();
    },
  };
}
