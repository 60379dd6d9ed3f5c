import type {Language} from '../../core/settings.ts';
import {en, type Strings} from './en.ts';
import {ja} from './ja.ts';
import {zh} from './zh.ts';

export type {NoteParts, RemedyParts, Strings} from './en.ts';
export {hasUnicode, hourCycleOf, languageOf, localeOf} from './locale.ts';

const byLanguage: Record<Language, Strings> = {en, zh, ja};

export const stringsFor = (language: Language): Strings => byLanguage[language];
