import type {Provider} from '../../core/provider.ts';
import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';
import {en, type Strings} from './en.ts';

export type Worded = Pick<Provider, 'id' | 'words'>;

/** Everybody's words and those that the providers bring; a note or remedy of one is 'google/project'. */
export function withProviders(strings: Strings, language: Language, catalogue: readonly Worded[]): Strings {
  const own = catalogue.map(({id, words}) => ({id, ...words?.[language]}));
  return {
    ...strings,
    pools: merged(own.map(({pools = {}}) => pools)),
    options: merged(own.map(({id, options}) => below(id, options))),
    notes: merged<Strings['notes']>([strings.notes, ...own.map(({id, notes}) => below(id, notes))]),
    remedies: merged<Strings['remedies']>([strings.remedies, ...own.map(({id, remedies}) => below(id, remedies))]),
  };
}

/** What scripts get is English, whatever the user reads. */
export const englishWith = (catalogue: readonly Worded[]): Strings => withProviders(en, 'en', catalogue);

const merged = <Words extends object>(all: readonly object[]): Words => Object.assign({}, ...all);
const below = (id: string, words: ProviderWords[Exclude<keyof ProviderWords, 'pools'>] = {}): object =>
  Object.fromEntries(Object.entries(words).map(([code, text]) => [`${id}/${code}`, text]));
