import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    notes: {posted: () => 'the spend of the current billing cycle is not deducted yet'},
    remedies: {
      'management-key': () => 'use a management key, made at console.x.ai: `mystatus-tui login xai`',
      team: () => 'name the team of this key: `mystatus-tui login xai --field teamId=…`, or XAI_TEAM_ID',
    },
  },
  zh: {
    notes: {posted: () => '当前账单周期的支出尚未扣除'},
    remedies: {
      'management-key': () => '请使用在 console.x.ai 创建的管理密钥：`mystatus-tui login xai`',
      team: () => '请指定此密钥的团队：`mystatus-tui login xai --field teamId=…`，或 XAI_TEAM_ID',
    },
  },
  ja: {
    notes: {posted: () => '今の請求期間の支出はまだ差し引かれていません'},
    remedies: {
      'management-key': () => 'console.x.ai で作成した管理キーを使ってください：`mystatus-tui login xai`',
      team: () => 'このキーのチームを指定してください：`mystatus-tui login xai --field teamId=…`、または XAI_TEAM_ID',
    },
  },
};
