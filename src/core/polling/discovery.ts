import type {Clock} from '../clock.ts';
import type {Notice} from '../model.ts';
import type {Account, Machine, Provider} from '../provider.ts';
import type {Redactor} from '../text/redact.ts';
import {sanitize} from '../text/sanitize.ts';
import {createPlaces, type Skipped} from './places.ts';
import {rememberRuns} from './run-memory.ts';

/** Finds the logins of a provider, whatever state the places are in where they are kept. */
export type Discovery = {
  /** Every login of the provider. Where a place was skipped, what it held at the last discovery stands in for it. Never rejects. */
  find(provider: Provider): Promise<Account[]>;
  /** The logins of one of its places; nothing stands in for it when it is skipped. Never rejects. */
  findIn(provider: Provider, place: string): Promise<Account[]>;
  /** By hand: programs are started again, unless that was a moment ago. */
  renew(): void;
  /** The service refuses these secrets: a program that gave one is started again. */
  forget(secrets: readonly string[]): void;
};

export type DiscoveryParts = {
  machine: Machine;
  clock: Clock;
  redactor: Redactor;
  /** All places that are skipped now, whenever others are than before. */
  onSkipped?(skipped: readonly Skipped[]): void;
};

type Discovered = {found: Account[]; skipped: Skipped[]};

export function createDiscovery({machine, clock, redactor, onSkipped = () => {}}: DiscoveryParts): Discovery {
  const programs = rememberRuns(machine.run, clock.now);
  const places = createPlaces({...machine, run: programs.run}, clock);
  const lastFound = new Map<string, readonly Account[]>();
  const skippedBy = new Map<string, readonly Skipped[]>();

  function say(provider: Provider, skipped: readonly Skipped[]): void {
    const before = JSON.stringify(skippedBy.get(provider.id) ?? []);
    skippedBy.set(provider.id, skipped);
    if (before !== JSON.stringify(skipped)) onSkipped([...skippedBy.values()].flat());
  }

  /** A provider that throws is at fault, and costs only itself. */
  async function run(provider: Provider, only?: readonly string[]): Promise<Discovered> {
    const {machine: patient, skipped} = places.forOneDiscovery();
    try {
      const accounts = await provider.discover(patient, only);
      return {found: accounts.filter(account => !isOfSkipped(account, skipped)), skipped};
    } catch (error) {
      const why = redactor.redact(sanitize(`internal error: ${String(error)}`, 160));
      return {found: [], skipped: [...skipped, {place: provider.name, why}]};
    }
  }

  async function discover(provider: Provider, only?: readonly string[]): Promise<Discovered> {
    const {found, skipped} = await run(provider, only);
    for (const secret of found.flatMap(({secrets}) => secrets)) redactor.protectLogin(secret);
    // Somebody may have typed the secret in the place of a name.
    return {found: found.map(account => ({...account, label: redactor.redact(account.label)})), skipped};
  }

  return {
    async find(provider) {
      const {found, skipped} = await discover(provider);
      say(provider, skipped);
      const accounts = skipped.length === 0 ? found : together(found, lastFound.get(provider.id) ?? []);
      lastFound.set(provider.id, accounts);
      return accounts;
    },
    findIn: async (provider, place) => (await discover(provider, [place])).found,
    renew: programs.renew,
    forget: programs.forget,
  };
}

/** A login that stands for nothing but a place that was skipped is none. */
const isOfSkipped = ({problem}: Account, skipped: readonly Skipped[]): boolean =>
  problem !== undefined && skipped.some(({why}) => problem.detail.includes(why));

/** What was found, and from the last discovery the logins of other tools that may stand in the place that was skipped. */
function together(found: readonly Account[], before: readonly Account[]): Account[] {
  const keys = new Set(found.map(({key}) => key));
  const missed = before.filter(account => !keys.has(account.key) && !account.stored);
  // Seen in part, a login may not know its own name: it is the one that the last discovery knew.
  const known = new Set(missed.flatMap(({secrets}) => secrets));
  return [...missed, ...found.filter(({secrets}) => !secrets.some(secret => known.has(secret)))];
}

/** One notice for each place, in the place of those of before. */
export const withSkipped = (notices: readonly Notice[], skipped: readonly Skipped[]): Notice[] => [
  ...notices.filter(({code}) => code !== 'place-skipped'),
  ...[...new Set(skipped.map(({place, why}) => `skipped ${place}: ${why}`))].map(
    (text): Notice => ({code: 'place-skipped', text}),
  ),
];
