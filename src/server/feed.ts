import {createHash} from 'node:crypto';
import type {ServerResponse} from 'node:http';
import type {AlertEvent} from '../core/alerts/event.ts';
import type {Clock} from '../core/clock.ts';
import type {Services} from '../core/services.ts';
import type {EventJson} from '../output/event-json.ts';
import {type Report, reportText, toReport} from '../output/report.ts';
import {englishWith} from '../view/strings/providers.ts';
import {createChanges} from './changes.ts';
import {createEventStream, type StreamEvent} from './event-stream.ts';
import {type PageMessage, type PageParts, pagePartsOf} from './page-parts.ts';

/** What is known, as it is handed out: asked for, and by itself as it changes. */
export type Feed = {
  readings(): Readings;
  /** False when there are too many listeners. */
  listen(response: ServerResponse, who: 'anybody' | 'page'): boolean;
  close(): void;
};
type Readings = {text: string; etag: string};

export type FeedParts = {
  services: Services;
  clock: Clock;
  eventOf(event: AlertEvent): EventJson;
  isBuiltIn(provider: string): boolean;
};

// Accounts that are read together are told together.
const togetherMs = 50;
// Of a machine with hundreds of accounts a report takes milliseconds, and asking for it is cheap.
const reportLastsMs = 1000;

export function createFeed({services, clock, eventOf, isBuiltIn}: FeedParts): Feed {
  const report = rememberedReport(services);
  const readings = channelOf({
    values: () => new Map(report.fresh().accounts.map(account => [account.account, account])),
    written: account => JSON.stringify({...account, nextPollAt: null}),
    // What has gone is told of by `GET /v1/readings`.
    events: changed => [...changed.values()].flatMap(each => (each === null ? [] : [{event: 'reading', data: each}])),
    clock,
    tell,
  });
  const page = channelOf<unknown>({
    values: () => new Map(Object.entries(pagePartsOf(services, isBuiltIn))),
    written: part => JSON.stringify(part),
    events: changed => pageEvents(Object.fromEntries(changed), services.now()),
    clock,
    tell,
  });
  function tell(): void {
    readings.tell();
    page.tell();
  }
  const stop = [
    ...follow(services, clock, tell),
    services.alerts.listen(events =>
      readings.stream.send(events.map(event => ({event: 'event', data: eventOf(event)}))),
    ),
  ];
  return {
    readings: report.readings,
    listen: (response, who) => (who === 'page' ? page : readings).listen(response),
    close() {
      for (const end of stop) end();
      for (const {stream} of [readings, page]) stream.close();
    },
  };
}

const pageEvents = (parts: PageParts, now: number): StreamEvent[] =>
  Object.keys(parts).length === 0 ? [] : [{event: 'page', data: {now, parts} satisfies PageMessage}];

type ChannelParts<T> = {
  values(): ReadonlyMap<string, T>;
  written(value: T): string;
  events(changed: ReadonlyMap<string, T | null>): StreamEvent[];
  clock: Clock;
  tell(): void;
};

/** What one kind of listener hears: all of it at first, and then what has changed. */
function channelOf<T>({values, written, events, clock, tell}: ChannelParts<T>) {
  const stream = createEventStream(clock, tell);
  const changes = createChanges(written);
  return {
    stream,
    tell() {
      if (stream.size() > 0) stream.send(events(changes(values())));
    },
    listen(response: ServerResponse): boolean {
      const now = values();
      const news = events(changes(now));
      stream.send(news);
      return stream.open(response, events(now));
    },
  };
}

/** Calls `tell` a moment after anything has changed. Returns the ways to stop. */
function follow({monitor, settings, alerts}: Services, clock: Clock, tell: () => void): (() => void)[] {
  let callOff: (() => void) | null = null;
  const later = (): void => {
    callOff ??= clock.after(togetherMs, () => {
      callOff = null;
      tell();
    });
  };
  const stores = [monitor.store, monitor.forecasts, settings.store, alerts.given];
  return [...stores.map(store => store.subscribe(later)), () => callOff?.()];
}

function rememberedReport(services: Services) {
  const {monitor, settings} = services;
  let last: {of: readonly unknown[]; report: Report; readings: Readings | null} | null = null;

  function current() {
    const now = services.now();
    const {privacy} = settings.store.get().settings.display;
    const of = [monitor.store.get(), monitor.forecasts.get(), privacy, Math.floor(now / reportLastsMs)];
    if (last === null || of.some((each, index) => each !== last?.of[index])) {
      const words = englishWith(services.catalogue);
      const options = {now, privacy, words, forecastOf: monitor.forecasts.get()};
      last = {of, report: toReport(monitor.store.get(), options), readings: null};
    }
    return last;
  }
  return {
    fresh: (): Report => current().report,
    readings(): Readings {
      const known = current();
      known.readings ??= {text: reportText(known.report), etag: etagOf(JSON.stringify(known.report.accounts))};
      return known.readings;
    },
  };
}

export const etagOf = (text: string | Buffer): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
