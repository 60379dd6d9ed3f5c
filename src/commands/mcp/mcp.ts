import type {Asked} from '../args/parse.ts';
import {complain} from '../output.ts';
import {complainOf, servicesFor} from '../program.ts';
import {loadSdk, type Sdk, sdkPackage} from './sdk.ts';
import {createServer} from './server.ts';
import {createTransport} from './transport.ts';
import {createWatch} from './watch.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The readings for agents, by the Model Context Protocol on stdin and stdout. Ends with its input. */
export async function runMcp(asked: Asked): Promise<number> {
  const sdk = await loadSdk();
  if (sdk === null) return complain(`mcp needs the package ${sdkPackage}, which is not installed`, 1);
  const services = await servicesFor(asked, {ledger: true, live: true});
  try {
    complainOf(services);
    if (process.stdin.isTTY) complain('waiting for an MCP client on standard input; Ctrl+D ends it');
    await serve(sdk, services);
    return 0;
  } finally {
    await services.close();
  }
}

async function serve(sdk: Sdk, services: Awaited<ReturnType<typeof servicesFor>>): Promise<void> {
  const ending = new AbortController();
  const watch = createWatch(services);
  const transport = createTransport({
    input: process.stdin,
    output: process.stdout,
    parse: sdk.parseJSONRPCMessage,
    onRequest: method => method === 'subscriptions/listen' && watch.start(),
    onEnding: () => ending.abort(),
  });
  for (const signal of signals) process.once(signal, () => void transport.close());
  const {close} = sdk.serveStdio(({era}) => createServer({sdk, services, watch, ending: ending.signal}, era), {
    transport,
  });
  await transport.closed;
  ending.abort();
  await close();
}
