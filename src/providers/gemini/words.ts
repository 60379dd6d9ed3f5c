import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

const pools = {pro: 'Pro', flash: 'Flash', 'flash-lite': ['Flash-Lite', 'Lite']} as const;

export const words: Record<Language, ProviderWords> = {
  en: {
    pools,
    remedies: {
      renew: () => 'run `gemini` once (personal accounts: Google ended them here; use Google Antigravity)',
      moved: () => 'Google ended Gemini Code Assist for personal accounts: use Google Antigravity',
      'other-sign-in': () => 'an API key or Vertex AI has no plan quota: sign in with Google in `gemini`',
    },
  },
  zh: {
    pools,
    remedies: {
      renew: () => '运行一次 `gemini`（个人账号：Google 已停止服务，请使用 Google Antigravity）',
      moved: () => 'Google 已停止面向个人账号的 Gemini Code Assist：请使用 Google Antigravity',
      'other-sign-in': () => 'API 密钥或 Vertex AI 没有套餐限额：请在 `gemini` 中用 Google 登录',
    },
  },
  ja: {
    pools,
    remedies: {
      renew: () =>
        '`gemini` を一度実行してください（個人アカウントの提供は終了しました。Google Antigravity をお使いください）',
      moved: () => '個人アカウント向けの Gemini Code Assist は終了しました。Google Antigravity をお使いください',
      'other-sign-in': () =>
        'API キーや Vertex AI にはプランの利用枠がありません。`gemini` で Google にログインしてください',
    },
  },
};
