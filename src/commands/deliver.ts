import {createBatch} from '../core/alerts/batch.ts';
import {type AlertEvent, isUrgent} from '../core/alerts/event.ts';
import {isQuiet} from '../core/alerts/quiet.ts';
import {type Clock, systemClock} from '../core/clock.ts';
import type {Services} from '../core/services.ts';
import {eventJson} from '../output/event-json.ts';
import {catalogue} from '../providers/index.ts';
import {createCredentialStore} from '../system/credentials/store.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import type {Environment} from '../system/programs/find.ts';
import {type AlertWords, alertText, inOneLine, together} from '../view/format/alert.ts';
import {hourCycleOf, languageOf, stringsFor} from '../view/strings/index.ts';
import {englishWith} from '../view/strings/providers.ts';
import {type ChannelParts, type Channels, createChannels, type Report} from './alert-channels.ts';
import {redactor} from './faults.ts';

/** Gives the alerts of this copy: to people in one message, to programs one by one. */
export type Delivery = {
  /** Gives what still waits, and lets nothing hold up the end for long. */
  close(): Promise<void>;
};
export type DeliveryParts = {
  terminal: ChannelParts['terminal'];
  /** What a channel could not do, once each. */
  complain(text: string): void;
  clock?: Clock;
};

const togetherMs = 10_000;
const minuteMs = 60_000;
const longestEndMs = 2000;

export function startDelivery(services: Services, {terminal, complain, clock = systemClock}: DeliveryParts): Delivery {
  const channels = createChannels(partsOf(services, terminal, clock));
  const running = new Set<Promise<void>>();
  const said = new Set<string>();
  const follow = (reports: Promise<Report[]>): void => {
    const done = reports.then(all => {
      for (const {ok, channel, how} of all) if (!ok) sayOnce(`${channel}: ${how}`);
    });
    running.add(done);
    void done.finally(() => running.delete(done));
  };
  const sayOnce = (text: string): void => {
    if (said.has(text)) return;
    said.add(text);
    complain(services.redact(text));
  };
  const batch = createBatch<AlertEvent>(clock, togetherMs, events => follow(show(events, services, channels)));
  const stopListening = services.alerts.listen(events => {
    batch.add(events);
    for (const event of events) follow(channels.hand(jsonOf(event, services)));
  });
  const stopReviewing = reviewAfterQuiet(services, clock);
  return {
    async close() {
      stopListening();
      stopReviewing();
      batch.flush();
      if (running.size === 0) return;
      await Promise.race([Promise.all(running), new Promise<void>(resolve => clock.after(longestEndMs, resolve))]);
    },
  };
}

/** What quiet hours held is told when they are over, whichever copy runs then. */
function reviewAfterQuiet(services: Services, clock: Clock): () => void {
  // Another run may have held something.
  let mayHold = true;
  // Quiet hours end with a minute: then, before any poll tells one account's alone.
  const untilNext = (): number => minuteMs - (clock.now() % minuteMs);
  let callOff = clock.after(untilNext(), function review() {
    const {quiet} = services.settings.store.get().settings.alerts;
    const isNow = isQuiet(quiet, services.now());
    if (mayHold && !isNow) services.alerts.review(services.now());
    mayHold = quiet.length > 0;
    callOff = clock.after(untilNext(), review);
  });
  return () => callOff();
}

export function partsOf(services: Services, terminal: ChannelParts['terminal'], clock: Clock): ChannelParts {
  const {env, platform} = process;
  const home = homeOf(env, platform);
  return {
    ...{env, platform, home, version: services.version, clock, terminal, withheld: credentialVariables(services, env)},
    settings: () => services.settings.store.get().settings.alerts,
    topic: () => topicIn(pathsOf(env, platform, home).configDirectory),
  };
}

/** Id under which the topic of ntfy lies among the credentials. */
export const ntfyId = 'ntfy';

async function topicIn(configDirectory: string): Promise<string | null> {
  const [entry] = await createCredentialStore(configDirectory, () => {}).list(ntfyId);
  if (entry !== undefined) redactor.protect(entry.secret);
  return entry?.secret ?? null;
}

/** Those that logins are looked for in, also of providers that are not shown; what names a place is none. */
const credentialVariables = ({catalogue: shown}: Services, env: Environment): string[] =>
  [...catalogue, ...shown]
    .flatMap(({places}) => places.flatMap(({variables = []}) => variables))
    .filter(name => !/^(?:\/|[a-zA-Z]:[\\/])/.test(env[name] ?? ''));

async function show(events: readonly AlertEvent[], services: Services, channels: Channels): Promise<Report[]> {
  const words = wordsFor(services);
  const texts = events.map(event => alertText(event, words));
  const {title, body} = together(texts, words.strings);
  return channels.show({title, body, urgent: events.some(isUrgent)});
}

const isPrivate = (services: Services): boolean => services.settings.store.get().settings.display.privacy;

/** In the user's language. */
export function wordsFor(services: Services): AlertWords {
  const {language} = services.settings.store.get().settings.display;
  const strings = stringsFor(languageOf(language, process.env), services.catalogue);
  return {
    ...{strings, now: services.now(), clock: {hourCycle: hourCycleOf(process.env)}},
    nameOf: id => services.catalogue.find(each => each.id === id)?.name ?? id,
    labelOf: ({provider, label}) => (isPrivate(services) || isAlone(provider, services) ? null : label),
  };
}

function isAlone(id: string, {monitor}: Services): boolean {
  const {accounts = []} = monitor.store.get().providers.find(provider => provider.id === id) ?? {};
  return accounts.length < 2;
}

/** In English, as all that scripts get. */
export function jsonOf(event: AlertEvent, services: Services) {
  const words = {...wordsFor(services), strings: englishWith(services.catalogue), clock: {hourCycle: 24 as const}};
  return eventJson(event, inOneLine(alertText(event, words)), isPrivate(services));
}
