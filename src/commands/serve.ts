import {setTimeout as pause} from 'node:timers/promises';
import {systemClock} from '../core/clock.ts';
import type {Services} from '../core/services.ts';
import {catalogue} from '../providers/index.ts';
import {isLoopback, type ListenAddress, listenAddress, urlOf, usualAddress} from '../server/address.ts';
import {isHostName} from '../server/hosts.ts';
import {type Serving, startServer} from '../server/server.ts';
import {isToken, newToken} from '../server/token.ts';
import {createCredentialStore} from '../system/credentials/store.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import {shippedText} from '../system/shipped-text.ts';
import type {Asked} from './args/parse.ts';
import {UsageError} from './args/parse.ts';
import {jsonOf, startDelivery} from './deliver.ts';
import {redactor} from './faults.ts';
import {complain, print, reasonOf} from './output.ts';
import {absentFrom, complainOf, servicesFor} from './program.ts';
import {pushMetrics} from './push.ts';
import {leaseAll} from './watch.ts';

/** Id under which the token lies among the credentials. */
const storeId = 'serve';
const variable = 'MYSTATUS_SERVE_TOKEN';
// A login that is slow to find comes when it comes.
const lookPatienceMs = 3000;
const catalogueIds = new Set(catalogue.map(({id}) => id));

/** The readings over HTTP: polls as the monitor does, gives alerts as it does, and answers until it is ended. */
export async function runServe(asked: Asked): Promise<number> {
  if (asked.has('new-token')) return makeToken();
  const listen = addressIn(asked);
  const allowedHosts = allowedHostsIn(asked);
  const token = await tokenFrom(process.env[variable]);
  if (token === null && !isLoopback(listen))
    throw new UsageError(`--listen ${asked.text('listen')} is open to others, so it needs a token: serve --new-token`);
  const services = await servicesFor(asked, {ledger: true, live: true});
  const release = leaseAll(services);
  // Whoever asks first hears of the accounts, with what the ledger knows of them.
  const looking = services.monitor.rediscover();
  try {
    await Promise.race([looking, pause(lookPatienceMs)]);
    const serving = await startServer({
      ...{services, clock: systemClock, listen, allowedHosts, token, complain},
      metrics: async () => (await import('../metrics/prometheus.ts')).metricsText(services),
      page: name => shippedText(`dist/page/${name}`),
      eventOf: event => jsonOf(event, services),
      isBuiltIn: id => catalogueIds.has(id),
      isPolling: () => !services.monitor.store.get().paused,
    }).catch(error => `cannot listen on ${urlOf(listen)}: ${troubleOf(error)}`);
    return typeof serving === 'string'
      ? complain(serving, 1)
      : await serveUntilEnded({asked, services, looking}, serving);
  } finally {
    release();
    await services.close();
  }
}

type Run = {asked: Asked; services: Services; looking: Promise<void>};

/** A signal ends it; what is heard only then ends with it. */
async function serveUntilEnded({asked, services, looking}: Run, serving: Serving): Promise<number> {
  const ended = Promise.race(
    ['SIGINT', 'SIGTERM', 'SIGHUP'].map(name => new Promise(resolve => process.once(name, resolve))),
  );
  const delivery = startDelivery(services, {terminal: () => null, complain});
  const push = pushMetrics(asked, services, lines => {
    for (const line of lines) complain(line);
  });
  complain(`listening on ${urlOf(serving.address)}`);
  void looking.then(() => {
    complainOf(services);
    for (const line of absentFrom(services)) complain(line);
  });
  await ended;
  await serving.close();
  await delivery.close();
  await push.close();
  return 0;
}

/** Throws `UsageError`. */
function addressIn(asked: Asked): ListenAddress {
  const text = asked.text('listen');
  if (text === undefined) return usualAddress;
  const address = listenAddress(text);
  if (address === null)
    throw new UsageError(`--listen needs a port or an IP address and a port, such as 127.0.0.1:7878, not "${text}"`);
  return address;
}

/** Throws `UsageError`. */
function allowedHostsIn(asked: Asked): string[] {
  const names = (asked.text('allow-host') ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);
  const wrong = names.find(name => !isHostName(name));
  if (wrong !== undefined)
    throw new UsageError(`--allow-host needs names without a port, such as limits.example, not "${wrong}"`);
  return names;
}

const credentials = () =>
  createCredentialStore(
    pathsOf(process.env, process.platform, homeOf(process.env, process.platform)).configDirectory,
    ({text}) => void complain(text),
  );

/** The environment's, else the one that was made here; null where there is none. */
async function tokenFrom(given: string | undefined): Promise<string | null> {
  const token = given || ((await credentials().list(storeId))[0]?.secret ?? null);
  if (token === null) return null;
  redactor.protect(token);
  if (!isToken(token)) throw new UsageError(`${variable} needs letters, digits and signs without spaces`);
  return token;
}

/** The one before it is good no more. */
async function makeToken(): Promise<number> {
  try {
    const kept = credentials();
    for (const {id} of await kept.list(storeId)) await kept.remove(id);
    const token = newToken();
    await kept.add({provider: storeId, secret: token, fields: {}});
    return await print(`${token}\n`);
  } catch (error) {
    return complain(`not stored: ${reasonOf(error)}`, 1);
  }
}

const troubles: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there (--listen takes another port)',
  EACCES: 'that needs more rights',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOENT: 'there is no such directory',
};

function troubleOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return troubles[code] ?? reasonOf(error);
}
