import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {coding: ['Coding Plan', 'Coding']},
    notes: {unread: ({text = 'a plan'}) => `${text}: could not be read`},
  },
  zh: {
    pools: {coding: ['Coding Plan', 'Coding']},
    notes: {unread: ({text = '某个套餐'}) => `${text}：无法读取`},
  },
  ja: {
    pools: {coding: ['Coding Plan', 'Coding']},
    notes: {unread: ({text = 'あるプラン'}) => `${text}：読み取れませんでした`},
  },
};
