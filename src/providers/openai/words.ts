import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {
      spark: 'Spark',
      'code-review': ['Code review', 'Review'],
      spend: 'Spend',
      credits: 'Credits',
    },
    remedies: {
      'api-key': () => 'an API key has no quota: sign in with your subscription (`codex login`)',
    },
  },
  zh: {
    pools: {
      spark: 'Spark',
      'code-review': ['代码审查', '审查'],
      spend: '支出',
      credits: '积分',
    },
    remedies: {
      'api-key': () => 'API 密钥没有限额：请用订阅账号登录（`codex login`）',
    },
  },
  ja: {
    pools: {
      spark: 'Spark',
      'code-review': ['コードレビュー', 'レビュー'],
      spend: '支出',
      credits: ['クレジット', '残高'],
    },
    remedies: {
      'api-key': () => 'API キーには利用枠がありません。契約アカウントでログインしてください（`codex login`）',
    },
  },
};
