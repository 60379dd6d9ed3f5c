import type {AgentOptions, ClientRequest} from 'node:http';
import type {Socket} from 'node:net';
import {HttpsProxyAgent} from 'https-proxy-agent';
import {codeOf} from '../files/trouble.ts';
import {openedFor, signInOf} from './proxy-socket.ts';

// As much as Node takes of any other head.
const mostHeadBytes = 16_384;

/**
 * HTTPS through an HTTP proxy's CONNECT. Node's own agents do that from 22.21 on; earlier ones would silently go past the
 * proxy. Only https targets come here: http is for loopback, which never goes through a proxy.
 */
export class TunnelAgent extends HttpsProxyAgent<string> {
  constructor(proxy: URL, options: AgentOptions) {
    // Without user name and password, which it would print where DEBUG is set, and which may hold a bare '%'.
    super(proxy.origin, {...options, headers: authorizationOf(proxy)});
    // It drops them: connections would be kept too long, and certificates checked only where the environment says so.
    Object.assign(this.options, options);
  }

  /** A refusal rejects with its number: the library would hand it on as if the service had answered. */
  override async connect(...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>): Promise<Socket> {
    let status = Number.NaN;
    request.once('proxyConnect', (answer: {statusCode: number}) => {
      status = answer.statusCode;
      // It takes no other number for a yes.
      if (isYes(status)) answer.statusCode = 200;
    });
    const tunnel = async (signal: AbortSignal): Promise<Socket> => {
      this.connectOpts = {...this.connectOpts, signal};
      const socket = await super.connect(request, options);
      if (isYes(status)) return socket;
      socket.destroy();
      throw withCode(status >= 100 ? `PROXY_${status}` : 'EPROXY');
    };
    return openedFor(request, tunnel, proxy => readHead(proxy, request)).catch(failed);
  }
}

const isYes = (status: number): boolean => status >= 200 && status < 300;

/** The library's own errors have no code: the proxy hung up, or its head was none. */
function failed(error: Error): never {
  if (codeOf(error) !== '') throw error;
  throw withCode(/ended before/.test(error.message) ? 'ECONNRESET' : 'EPROXY');
}

/** Ends the connection as soon as what the proxy says can be no answer: the library would wait for its end. */
function readHead(proxy: Socket, request: ClientRequest): void {
  let head = '';
  const read = (chunk: Buffer) => {
    head += chunk.toString('latin1');
    const isAnswer = head.startsWith('HTTP/') || 'HTTP/'.startsWith(head);
    if (!isAnswer || head.length > mostHeadBytes) proxy.destroy(withCode('EPROXY'));
  };
  proxy.on('data', read);
  request.once('proxyConnect', () => proxy.off('data', read));
}

const withCode = (code: string): Error => Object.assign(new Error('no tunnel through the proxy'), {code});

function authorizationOf(proxy: URL): Record<string, string> {
  const {name, password} = signInOf(proxy);
  if (name === '' && password === '') return {};
  return {'Proxy-Authorization': `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`};
}
