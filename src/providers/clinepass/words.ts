import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {notes: {'no-balance': () => 'the credit balance could not be read'}},
  zh: {notes: {'no-balance': () => '无法读取积分余额'}},
  ja: {notes: {'no-balance': () => 'クレジット残高を読み取れませんでした'}},
};
