import type {HandedFigures} from '../core/handed-figures.ts';
import type {ProviderFacts} from '../core/provider.ts';
import type {ProviderWords} from '../core/provider-words.ts';
import {type Language, languages} from '../core/settings.ts';
import {catalogue, pathVariables} from './index.ts';

/** What is known of a provider without any of its code: data alone. */
export type KnownProvider = Pick<ProviderFacts, 'id' | 'name' | 'intervalSeconds' | 'options'> & {
  takesLogin: boolean;
  /** The program that hands its figures over, and what is printed for it. */
  handedBy?: Pick<HandedFigures, 'name' | 'line'>;
  /** Those of its words that are texts; what is said with parameters is code (`known-words.ts`). */
  words?: Record<Language, Pick<ProviderWords, 'pools' | 'options'>>;
};

function knownOf({id, name, intervalSeconds, options, login, handed, words}: ProviderFacts): KnownProvider {
  const [en, zh, ja] = languages.map(language => textsOf(words?.[language]));
  const hasTexts = Object.keys(en ?? {}).length > 0;
  return {
    ...{id, name, intervalSeconds, takesLogin: login !== undefined},
    ...(options && {options}),
    ...(handed && {handedBy: {name: handed.name, line: handed.line}}),
    ...(hasTexts && en && zh && ja && {words: {en, zh, ja}}),
  };
}

const textsOf = ({pools, options}: ProviderWords = {}) => ({...(pools && {pools}), ...(options && {options})});

/**
 * The catalogue for those who only need to know what there is: the command line, a status bar, the first frame. The bundle
 * has the values in place of this module (`scripts/known-providers.ts`), so that nothing of a provider is loaded for them.
 */
export const known: {providers: readonly KnownProvider[]; pathVariables: readonly string[]} = {
  providers: catalogue.map(knownOf),
  pathVariables,
};
