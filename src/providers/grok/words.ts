import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {'on-demand': ['On-demand spend', 'On-demand']},
    remedies: {
      'api-key': () => 'an xAI API key has no plan quota: sign in with `grok login`',
    },
  },
  zh: {
    pools: {'on-demand': ['按需支出', '按需']},
    remedies: {
      'api-key': () => 'xAI API 密钥没有套餐限额：请用 `grok login` 登录',
    },
  },
  ja: {
    pools: {'on-demand': ['従量課金', '従量']},
    remedies: {
      'api-key': () => 'xAI の API キーにはプランの利用枠がありません。`grok login` でログインしてください',
    },
  },
};
