import type {Language} from '../../core/settings.ts';
import {en, type Strings} from './en.ts';
import {ja} from './ja.ts';
import {type Worded, withProviders} from './providers.ts';
import {zh} from './zh.ts';

export type {Strings} from './en.ts';
export {hasUnicode, hourCycleOf, languageOf, localeOf} from './locale.ts';

const byLanguage: Record<Language, Strings> = {en, zh, ja};

/** With the words of the providers in the catalogue; the same object for the same language and catalogue. */
export function stringsFor(language: Language, catalogue: readonly Worded[] = none): Strings {
  const made = byCatalogue.get(catalogue) ?? new Map<Language, Strings>();
  const strings = made.get(language) ?? withProviders(byLanguage[language], language, catalogue);
  byCatalogue.set(catalogue, made.set(language, strings));
  return strings;
}
const none: readonly Worded[] = [];
const byCatalogue = new WeakMap<readonly Worded[], Map<Language, Strings>>();
