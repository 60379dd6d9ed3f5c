import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    notes: {state: ({text = 'unknown'}) => `state of the account: ${text}`},
    remedies: {'top-up': ({url}) => ['top up the account', url].filter(Boolean).join(': ')},
  },
  zh: {
    notes: {state: ({text = '未知'}) => `账户状态：${text}`},
    remedies: {'top-up': ({url}) => ['为账户充值', url].filter(Boolean).join('：')},
  },
  ja: {
    notes: {state: ({text = '不明'}) => `アカウントの状態：${text}`},
    remedies: {'top-up': ({url}) => ['アカウントにチャージしてください', url].filter(Boolean).join('：')},
  },
};
