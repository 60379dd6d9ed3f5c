import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {notes: {refused: () => 'calls are refused until topped up', owes: ({amount}) => `owes ${amount ?? 'money'}`}},
  zh: {notes: {refused: () => '充值之前调用会被拒绝', owes: ({amount}) => `欠费 ${amount ?? ''}`.trim()}},
  ja: {
    notes: {
      refused: () => 'チャージするまで呼び出しは拒否されます',
      owes: ({amount}) => `未払い ${amount ?? ''}`.trim(),
    },
  },
};
