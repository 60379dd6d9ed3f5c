import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {key: 'Key', free: ['Free models', 'Free']},
    notes: {
      'this-month': () => 'spend is of this month (UTC)',
      'all-time': () => 'spend is of all time',
      expires: ({time}) => `the key expires ${time ?? 'soon'}`,
      refused: () => 'calls are refused until topped up',
    },
  },
  zh: {
    pools: {key: '密钥', free: ['免费模型', '免费']},
    notes: {
      'this-month': () => '支出为本月（UTC）',
      'all-time': () => '支出为全部时间',
      expires: ({time}) => `密钥到期：${time ?? '即将'}`,
      refused: () => '充值之前调用会被拒绝',
    },
  },
  ja: {
    pools: {key: 'キー', free: ['無料モデル', '無料']},
    notes: {
      'this-month': () => '支出は今月分（UTC）',
      'all-time': () => '支出は全期間',
      expires: ({time}) => `キーの期限：${time ?? 'まもなく'}`,
      refused: () => 'チャージするまで呼び出しは拒否されます',
    },
  },
};
