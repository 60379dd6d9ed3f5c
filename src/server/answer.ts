import type {IncomingMessage, ServerResponse} from 'node:http';

/** What is sent for a request. */
export type Answer = {status: number; type?: string; body: string | Buffer; headers?: Readonly<Record<string, string>>};

/** With every answer: nothing is kept, framed, guessed at or told to other sites. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

const json = 'application/json; charset=utf-8';

export const refusal = (status: number, error: string, headers: Answer['headers'] = {}): Answer => ({
  status,
  body: `${JSON.stringify({error})}\n`,
  headers,
});

export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const {status, type = json, body, headers = {}} = answer;
  response.writeHead(status, {
    ...safeHeaders,
    ...(status === 304 ? {} : {'Content-Type': type, 'Content-Length': Buffer.byteLength(body)}),
    // What comes after a request that was refused is not read any more.
    ...(status >= 400 && status !== 404 ? {Connection: 'close'} : {}),
    ...headers,
  });
  if (request.method === 'HEAD' || status === 304) response.end();
  else response.end(body);
}

/** Whether the one who asks has this already. */
export function isKnown({headers}: IncomingMessage, etag: string): boolean {
  const known = headers['if-none-match'];
  if (known === undefined) return false;
  return known.trim() === '*' || known.split(',').some(each => each.trim().replace(/^W\//, '') === etag);
}
