import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {notes: {'this-month': () => 'spend of this month (UTC)'}},
  zh: {notes: {'this-month': () => '支出为本月（UTC）'}},
  ja: {notes: {'this-month': () => '支出は今月分（UTC）'}},
};
