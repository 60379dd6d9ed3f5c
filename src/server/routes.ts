import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Services} from '../core/services.ts';
import {type Answer, isKnown, refusal, safeHeaders, send} from './answer.ts';
import type {Feed} from './feed.ts';
import type {PageFiles} from './page-files.ts';

/** Rejects, with a line that says so, where what it needs is not installed. */
export type Metrics = () => Promise<{contentType: string; body: string}>;

export type RouteParts = {
  services: Services;
  feed: Feed;
  files: PageFiles;
  metrics: Metrics;
  isPolling(): boolean;
};

type Route = (request: IncomingMessage, response: ServerResponse, parts: RouteParts) => void | Promise<void>;

/** The longest time that a plot shows, and a day. */
const shownMs = 366 * 86_400_000;
const busyHeaders = {'Retry-After': '5'};

const routes: Readonly<Record<string, Route>> = {
  '/v1/readings'(request, response, {feed}) {
    const {text, etag} = feed.readings();
    sendTagged(request, response, {status: 200, body: text, etag, headers: {ETag: etag, 'Cache-Control': 'no-cache'}});
  },
  '/v1/events': (request, response, {feed}) => openStream(request, response, feed, 'anybody'),
  '/page/events': (request, response, {feed}) => openStream(request, response, feed, 'page'),
  '/page/history'(request, response, {services}) {
    const isKept = services.settings.store.get().settings.history.enabled;
    send(request, response, {
      status: 200,
      body: JSON.stringify(isKept ? services.history(services.now() - shownMs) : []),
    });
  },
  async '/metrics'(request, response, {metrics}) {
    const answer = await metrics().then(
      ({contentType, body}): Answer => ({status: 200, type: contentType, body}),
      (error: unknown) => refusal(501, error instanceof Error ? error.message : 'there are no metrics'),
    );
    send(request, response, answer);
  },
  '/healthz'(request, response, {isPolling}) {
    const status = isPolling() ? 200 : 503;
    send(request, response, {
      status,
      type: 'text/plain; charset=utf-8',
      body: status === 200 ? 'ok\n' : 'not polling\n',
    });
  },
};

export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  parts: RouteParts,
): Promise<void> {
  const file = parts.files.answer(path, String(request.headers['accept-encoding'] ?? ''));
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (file !== null) sendTagged(request, response, file);
  else if (route === undefined) send(request, response, refusal(404, 'there is nothing here'));
  else await route(request, response, parts);
}

function sendTagged(request: IncomingMessage, response: ServerResponse, answer: Answer & {etag: string}): void {
  send(request, response, isKnown(request, answer.etag) ? {...answer, status: 304, body: ''} : answer);
}

function openStream(request: IncomingMessage, response: ServerResponse, feed: Feed, who: 'anybody' | 'page'): void {
  if (request.method === 'HEAD')
    response.writeHead(200, {...safeHeaders, 'Content-Type': 'text/event-stream; charset=utf-8'}).end();
  else if (!feed.listen(response, who)) send(request, response, refusal(503, 'too many listeners', busyHeaders));
}
