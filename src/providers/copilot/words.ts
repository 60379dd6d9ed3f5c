import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {
      premium: 'Premium',
      chat: 'Chat',
      completions: ['Completions', 'Compl.'],
      credits: 'Credits',
    },
    remedies: {
      'sign-in': () => 'sign in to GitHub again (`opencode auth login` or your editor)',
      'billed-to': () =>
        'tell mystatus-tui who is billed for this seat: `mystatus-tui login copilot --field organization=…` (or username=…)',
    },
  },
  zh: {
    pools: {
      premium: '高级',
      chat: '聊天',
      completions: ['代码补全', '补全'],
      credits: '积分',
    },
    remedies: {
      'sign-in': () => '重新登录 GitHub（`opencode auth login` 或编辑器）',
      'billed-to': () => '请指定此席位由谁付费：`mystatus-tui login copilot --field organization=…`（或 username=…）',
    },
  },
  ja: {
    pools: {
      premium: ['プレミアム', '特別枠'],
      chat: ['チャット', '会話'],
      completions: ['コード補完', '補完'],
      credits: ['クレジット', '残高'],
    },
    remedies: {
      'sign-in': () => 'GitHub に再ログインしてください（`opencode auth login` またはエディター）',
      'billed-to': () =>
        'このシートの請求先を指定してください：`mystatus-tui login copilot --field organization=…`（または username=…）',
    },
  },
};
