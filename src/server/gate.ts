import type {IncomingMessage} from 'node:http';
import {plainIp} from './address.ts';
import {type Answer, refusal} from './answer.ts';
import type {HostCheck} from './hosts.ts';
import type {RateLimit} from './rate-limit.ts';

/** Who may ask what: everything that is decided about a request before it is known what it is for. */
export type GateParts = {
  isOurs: HostCheck;
  rate: RateLimit;
  /** null: none is set. */
  hasToken: ((authorization: string | undefined) => boolean) | null;
  /** What a browser must be able to load before it can send a header; nothing of anybody is in it. */
  isOpen(path: string): boolean;
};

const longestPath = 1024;
// Guessing is worth less than asking.
const wrongTokenCost = 20;

/** The path that is asked for, or why nothing is. */
export function passGate(request: IncomingMessage, parts: GateParts): {path: string} | {refused: Answer} {
  const refused = (answer: Answer) => ({refused: answer});
  const from = plainIp(request.socket.remoteAddress ?? '');
  if (!parts.rate.take(from)) return refused(refusal(429, 'too many requests', {'Retry-After': '2'}));
  if (!isForUs(request, parts.isOurs)) return refused(refusal(421, 'this host name is not served; see --allow-host'));
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refused(refusal(405, 'only GET and HEAD', {Allow: 'GET, HEAD'}));
  if (hasBody(request)) return refused(refusal(400, 'a request has no body'));
  const path = pathOf(request.url ?? '');
  if (path === null) return refused(refusal(400, 'not a path that is served'));
  if (isOfAnotherSite(request, path)) return refused(refusal(403, 'requests of other sites are refused'));
  if (parts.hasToken === null || parts.isOpen(path)) return {path};
  if (parts.hasToken(request.headers.authorization)) return {path};
  if (request.headers.authorization !== undefined && !parts.rate.take(from, wrongTokenCost))
    return refused(refusal(429, 'too many wrong tokens', {'Retry-After': '2'}));
  return refused(refusal(401, 'a token is needed', {'WWW-Authenticate': 'Bearer realm="mystatus-tui"'}));
}

function isForUs({headers, rawHeaders, socket}: IncomingMessage, isOurs: HostCheck): boolean {
  // Of two, this server and a proxy before it may each take another one.
  const count = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  return count === 1 && isOurs(headers.host ?? '', socket.localAddress ?? '');
}

const hasBody = ({headers}: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;

/** Ours are plain words: whatever is written in another way means something that is not here. */
function pathOf(url: string): string | null {
  const [path = ''] = url.split('?', 1);
  if (url.length > longestPath || !/^\/(?:[\w.-]+(?:\/[\w.-]+)*)?$/.test(path)) return null;
  return path.split('/').some(part => part === '.' || part === '..') ? null : path;
}

/** A browser says who is asking. A link to the page may stand anywhere. */
function isOfAnotherSite({headers}: IncomingMessage, path: string): boolean {
  const site = headers['sec-fetch-site'];
  const isLink = path === '/' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isLink) return true;
  const {origin, host = ''} = headers;
  return (
    origin !== undefined &&
    !['http://', 'https://'].some(scheme => origin.toLowerCase() === `${scheme}${host.toLowerCase()}`)
  );
}
