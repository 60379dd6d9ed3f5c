import type {Agent, AgentOptions} from 'node:http';
import type {RequestOptions} from 'node:https';
import type {Duplex} from 'node:stream';
import {codeOf} from '../files/read.ts';

// Services close idle connections after a minute or so, some networks silently. One that we kept that long would fail
// the next poll; within one round (several accounts, several questions) it is what makes the second answer fast.
const idleMs = 15_000;
const options: AgentOptions = {keepAlive: true, maxSockets: 6, maxFreeSockets: 6, timeout: idleMs};
// Said here, or NODE_TLS_REJECT_UNAUTHORIZED=0, left over from some other program, would send tokens to anybody.
const checked = {...options, rejectUnauthorized: true};

const agents = new Map<string, Promise<Agent>>();

/** The keep-alive agent for a target and the proxy on the way to it; one for the whole process, loaded when first needed. */
export function agentFor(target: URL, proxy: URL | null): Promise<Agent> {
  const key = `${target.protocol} ${proxy?.href ?? ''}`;
  const known = agents.get(key) ?? makeAgent(target, proxy).then(tellingKeptResets);
  agents.set(key, known);
  return known;
}

/** Code of an error on a connection that had been kept open: the other side had closed it meanwhile. */
export const keptReset = 'EKEPTRESET';

/** What node-fetch passes on of an error is its code. */
function tellingKeptResets(agent: Agent): Agent {
  const reuse = agent.reuseSocket.bind(agent);
  agent.reuseSocket = (socket, request) => {
    request.prependOnceListener('error', error => {
      if (/^(?:ECONNRESET|EPIPE)$/.test(codeOf(error))) Object.assign(error, {code: keptReset});
    });
    reuse(socket, request);
  };
  return agent;
}

/** The connections that are kept open and not in use: where one was closed, so were the others. */
export function dropKept(agent: Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of [...(sockets ?? [])]) socket.destroy();
}

async function makeAgent(target: URL, proxy: URL | null): Promise<Agent> {
  if (proxy === null && target.protocol === 'http:') return new (await import('node:http')).Agent(options);
  if (proxy === null) return new (await import('node:https')).Agent(checked);
  return proxy.protocol.startsWith('socks') ? socksAgent(proxy) : tunnelAgent(proxy);
}

async function socksAgent(proxy: URL): Promise<Agent> {
  const {SocksProxyAgent} = await import('socks-proxy-agent');
  // The proxy looks the name up, also for socks5:// — where a proxy is needed, the local answer is often a wrong one.
  const href = proxy.href.replace(/^socks5:/, 'socks5h:').replace(/^socks4:/, 'socks4a:');
  const agent = new SocksProxyAgent(href, checked);
  agent.proxy.host = withoutBrackets(proxy.hostname);
  // Otherwise it would end a connection on which an answer is only slow; the deadline is the wire's.
  agent.timeout = null;
  return agent;
}

/**
 * HTTPS through an HTTP proxy's CONNECT. Node's own agents do that from 22.21 on; earlier ones would silently go past the
 * proxy. Only https targets come here: http is for loopback, which never goes through a proxy.
 */
async function tunnelAgent(proxy: URL): Promise<Agent> {
  const https = await import('node:https');
  class TunnelAgent extends https.Agent {
    override createConnection(target: RequestOptions, done?: (error: Error | null, stream: Duplex) => void) {
      openTunnel(proxy, authorityOf(target))
        .then(socket => super.createConnection({...target, socket} as RequestOptions) as Duplex)
        .then(
          stream => done?.(null, stream),
          (error: Error) => done?.(error, undefined as unknown as Duplex), // the type forgets that there is none
        );
      return undefined;
    }
  }
  return new TunnelAgent(checked);
}

const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '');

const authorityOf = ({host, port}: RequestOptions): string => `${host?.includes(':') ? `[${host}]` : host}:${port}`;

async function openTunnel(proxy: URL, authority: string): Promise<Duplex> {
  const {request} = await (proxy.protocol === 'https:' ? import('node:https') : import('node:http'));
  return new Promise((resolve, reject) => {
    const question = request({
      host: withoutBrackets(proxy.hostname),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      headers: {host: authority, ...authorization(proxy)},
      agent: false,
      timeout: idleMs,
      rejectUnauthorized: true,
    });
    // Whoever asked has a deadline of its own: a proxy that hangs longer must not keep the program from ending.
    question.once('socket', socket => socket.unref());
    question.once('connect', (answer, socket) => {
      const {statusCode = 0} = answer;
      if (statusCode >= 200 && statusCode < 300) return resolve(socket.setTimeout(0).ref());
      socket.destroy();
      reject(withCode(`PROXY_${statusCode}`));
    });
    question.once('timeout', () => question.destroy(withCode('ETIMEDOUT')));
    question.once('error', error => reject(/^HPE_/.test(codeOf(error)) ? withCode('EPROXY') : error));
    question.end();
  });
}

const withCode = (code: string): Error => Object.assign(new Error('no tunnel through the proxy'), {code});

function authorization({username, password}: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return {'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}`};
}

/** A password with a bare '%' in it is meant as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
