import type {AlertEvent} from '../core/alerts/event.ts';
import type {Services} from '../core/services.ts';
import {enabledProviders} from '../core/settings.ts';
import {alertText, inOneLine} from '../view/format/alert.ts';
import {dateTime} from '../view/format/time.ts';
import type {Asked} from './args/parse.ts';
import {jsonOf, startDelivery, wordsFor} from './deliver.ts';
import {complain, print} from './output.ts';
import {absentFrom, closeWhenInterrupted, complainOf, servicesFor} from './program.ts';

/** The monitor without a screen: polls as it does, gives alerts as it does, and prints a line for each, until it is ended. */
export async function runWatch(asked: Asked): Promise<number> {
  const services = await servicesFor(asked, {ledger: true, live: true});
  const delivery = startDelivery(services, {terminal: terminalOf(process.stderr), complain});
  const close = services.close;
  const all = {...services, close: () => delivery.close().then(close)};
  closeWhenInterrupted(all);
  services.alerts.listen(events => {
    for (const event of events) print(`${lineFor(event, asked, services)}\n`);
  });
  await services.ready;
  leaseAll(services);
  await services.monitor.rediscover();
  complainOf(services);
  for (const line of absentFrom(services)) complain(line);
  complain(`watching accounts: ${Object.keys(services.monitor.store.get().accounts).length}`);
  // A signal ends it.
  return new Promise(() => {});
}

/** stdout is for the lines; a terminal behind stderr can ring. */
const terminalOf = (stream: NodeJS.WriteStream) => (): ((text: string) => void) | null =>
  stream.isTTY ? text => void stream.write(text) : null;

function lineFor(event: AlertEvent, asked: Asked, services: Services): string {
  if (asked.has('json')) return JSON.stringify(jsonOf(event, services));
  const words = wordsFor(services);
  const text = inOneLine(alertText(event, words));
  return `${dateTime(event.at, event.at, words.strings, words.clock)} ${text}`;
}

/** Every provider that is switched on, also later. Returns the release. */
export function leaseAll({settings, catalogue, monitor}: Services): () => void {
  const ids = (): string[] => enabledProviders(catalogue, settings.store.get().settings).map(({id}) => id);
  let release = monitor.lease(ids());
  const stop = settings.store.subscribe(() => {
    const before = release;
    release = monitor.lease(ids());
    before();
  });
  return () => {
    stop();
    release();
  };
}
