import type {ProviderInfo} from '../core/services.ts';
import type {ViewContext} from './context.ts';
import {type Findable, matchingEntries} from './palette-entries.ts';

/** What "add" offers: every provider that takes a credential, those first that are not set up yet. */

export type AddEntry = Findable & {info: ProviderInfo};

const addable = (catalogue: readonly ProviderInfo[]): ProviderInfo[] =>
  catalogue.filter(info => info.login !== undefined);

export function addEntries(
  catalogue: readonly ProviderInfo[],
  setUp: readonly string[],
  {strings}: ViewContext,
): AddEntry[] {
  const entryOf = (info: ProviderInfo): AddEntry => ({
    text: info.name,
    sign: setUp.includes(info.id) ? strings.credentials.isSetUp : '',
    also: info.id,
    info,
  });
  const all = addable(catalogue).map(entryOf);
  return [...all.filter(({sign}) => sign === ''), ...all.filter(({sign}) => sign !== '')];
}

/** Those that what is typed finds; the one that is called just so comes first. */
export function foundIn(entries: readonly AddEntry[], typed: string): AddEntry[] {
  const name = typed.trim().toLowerCase();
  const isNamed = ({text, also}: AddEntry): boolean => [text, also].some(each => each.toLowerCase() === name);
  const found = matchingEntries(entries, typed);
  return [...found.filter(isNamed), ...found.filter(entry => !isNamed(entry))];
}
