import type {Agent, AgentOptions} from 'node:http';
import {codeOf} from '../files/trouble.ts';

// Services close idle connections after a minute or so, some networks silently. One that we kept that long would fail
// the next poll; within one round (several accounts, several questions) it is what makes the second answer fast.
const idleMs = 15_000;
const options: AgentOptions = {keepAlive: true, maxSockets: 6, maxFreeSockets: 6, timeout: idleMs};
// Said here, or NODE_TLS_REJECT_UNAUTHORIZED=0, left over from some other program, would send tokens to anybody.
const checked = {...options, rejectUnauthorized: true};
// Behind a proxy whoever waits for a place would not hear that those before it failed. The core asks six at a time.
const proxied = {...checked, maxSockets: Number.POSITIVE_INFINITY};

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
  if (proxy.protocol.startsWith('socks')) return new (await import('./socks-agent.ts')).SocksAgent(proxy, proxied);
  return new (await import('./tunnel-agent.ts')).TunnelAgent(proxy, proxied);
}
