import type {SeriesHistory} from '../../core/ledger.ts';
import type {PageMessage} from '../page-parts.ts';
import type {Token} from './token.ts';

export type Link = 'connecting' | 'live' | 'lost' | 'no-token' | 'wrong-token';
export type Listener = {
  /** `isFirst`: of a connection; it has all parts. */
  onMessage(message: PageMessage, isFirst: boolean): void;
  onLink(link: Link): void;
};
export type Connection = {
  /** Connects again at once, with this token if there is one. */
  restart(token?: string): void;
  history(): Promise<SeriesHistory[]>;
};

const shortestWaitMs = 1000;
const longestWaitMs = 30_000;
// The server says something at least every 15 s.
const silenceMs = 40_000;

/** Follows the server's events for as long as the page is open. `EventSource` could not send the token. */
export function connect(token: Token, listener: Listener): Connection {
  let stop = new AbortController();
  let waitMs = shortestWaitMs;
  let timer = 0;

  async function run(): Promise<void> {
    const {signal} = stop;
    try {
      const response = await fetch('/page/events', {headers: headersFor(token.get()), cache: 'no-store', signal});
      if (response.status === 401) return listener.onLink(token.get() === null ? 'no-token' : 'wrong-token');
      if (response.ok && response.body !== null) await readAll(response.body, signal);
    } catch {
      // Whatever it was: it is tried again.
    }
    if (signal.aborted) return;
    listener.onLink('lost');
    timer = window.setTimeout(run, waitMs);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  }

  async function readAll(body: ReadableStream<BufferSource>, signal: AbortSignal): Promise<void> {
    let isFirst = true;
    for await (const data of eventsIn(body, 'page', signal)) {
      if (isFirst) listener.onLink('live');
      waitMs = shortestWaitMs;
      listener.onMessage(JSON.parse(data) as PageMessage, isFirst);
      isFirst = false;
    }
  }

  function restart(given?: string): void {
    if (given !== undefined) token.set(given);
    stop.abort();
    stop = new AbortController();
    clearTimeout(timer);
    waitMs = shortestWaitMs;
    void run();
  }
  return {
    restart,
    async history() {
      const response = await fetch('/page/history', {headers: headersFor(token.get())});
      return response.ok ? ((await response.json()) as SeriesHistory[]) : [];
    },
  };
}

const headersFor = (token: string | null): HeadersInit => (token === null ? {} : {Authorization: `Bearer ${token}`});

/** The data of each event of this name; ends when the server does, and when it has said nothing for too long. */
async function* eventsIn(
  body: ReadableStream<BufferSource>,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const watchdog = window.setTimeout(() => void reader.cancel(), silenceMs);
    const {done, value} = await reader.read().finally(() => clearTimeout(watchdog));
    if (done || signal.aborted) return;
    const events = (text + value).split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const [first = '', second = ''] = event.split('\n');
      if (first === `event: ${name}` && second.startsWith('data: ')) yield second.slice('data: '.length);
    }
  }
}
