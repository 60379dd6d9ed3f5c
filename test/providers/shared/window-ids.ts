import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading} from '../../../src/core/model.ts';
import type {Provider} from '../../../src/core/provider.ts';

const length = '(?:weekly|monthly|\\d+[hdm])';
const matcherOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll('<length>', length).replace(/<\w+>/g, '[^/]+')}$`);

/** Those of the ids that none of the provider's patterns is for. */
export const strangersTo = ({windowIds}: Pick<Provider, 'windowIds'>, ids: readonly string[]): string[] =>
  ids.filter(id => !windowIds.some(pattern => matcherOf(pattern).test(id)));

export const idsOf = (reading: Reading | null): string[] => reading?.windows.map(({id}) => id) ?? [];

type Parse = (body: unknown) => Reading | null;
type Fixtures = {
  /** Below test/fixtures. */
  directory: string;
  /** What reads a fixture, by how its name begins. */
  parsers: Readonly<Record<string, Parse>>;
  /** Further bodies for the first parser, where no fixture has a window. */
  more?: readonly unknown[];
};

/** Tests that the fixtures hold no window but those that the providers name, and each that they name plainly. */
export function testWindowIds(providers: readonly Provider[], {directory, parsers, more = []}: Fixtures): void {
  describe('the ids of windows that the provider says it has', () => {
    const [first] = Object.values(parsers);
    const ids = [...fixtureIds(directory, parsers), ...more.flatMap(body => idsRead(() => first?.(body) ?? null))];
    it.each(providers.map(provider => [provider.id, provider] as const))(
      'are those of all fixtures, and each plain one is in some: %s',
      (_, provider) => {
        expect(ids).not.toEqual([]);
        expect(strangersTo(provider, ids)).toEqual([]);
        const plain = provider.windowIds.filter(pattern => !pattern.includes('<'));
        expect(plain.filter(id => !ids.includes(id))).toEqual([]);
      },
    );
  });
}

function fixtureIds(directory: string, parsers: Fixtures['parsers']): string[] {
  const folder = new URL(`../../fixtures/${directory}/`, import.meta.url);
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .flatMap(name => parsersFor(name, parsers).flatMap(parse => idsRead(() => parse(bodyIn(new URL(name, folder))))));
}

const parsersFor = (name: string, parsers: Fixtures['parsers']): Parse[] =>
  Object.entries(parsers).flatMap(([start, parse]) => (name.startsWith(start) ? [parse] : []));
const bodyIn = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'));

function idsRead(read: () => Reading | null): string[] {
  try {
    return idsOf(read());
  } catch (error) {
    // Some fixtures are refusals.
    if (error instanceof ProviderError) return [];
    throw error;
  }
}
