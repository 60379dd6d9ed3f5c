import type {AgentOptions, ClientRequest} from 'node:http';
import type {Socket} from 'node:net';
import {SocksProxyAgent} from 'socks-proxy-agent';
import {openedFor, signInOf} from './proxy-socket.ts';

type Options = Parameters<SocksProxyAgent['connect']>[1];

/** HTTPS through a SOCKS proxy of version 4 or 5. */
export class SocksAgent extends SocksProxyAgent {
  constructor(proxy: URL, options: AgentOptions) {
    super(addressOf(proxy), options);
    this.proxy.host = proxy.hostname.replace(/^\[|\]$/g, '');
    // Otherwise it would end a connection on which an answer is only slow; the deadline is the wire's.
    this.timeout = null;
  }

  override connect(request: ClientRequest, options: Options): Promise<Socket> {
    return openedFor(request, () => super.connect(request, options));
  }
}

/** The proxy looks the name up, also for socks5:// — where a proxy is needed, the local answer is often a wrong one. */
function addressOf(proxy: URL): string {
  const {name, password} = signInOf(proxy);
  const address = new URL(proxy.href.replace(/^socks5:/, 'socks5h:').replace(/^socks4:/, 'socks4a:'));
  address.username = encodeURIComponent(name);
  address.password = encodeURIComponent(password);
  return address.href;
}
