import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {pools: {pass: ['Kilo Pass', 'Pass']}},
  zh: {pools: {pass: ['Kilo Pass', 'Pass']}},
  ja: {pools: {pass: ['Kilo Pass', 'Pass']}},
};
