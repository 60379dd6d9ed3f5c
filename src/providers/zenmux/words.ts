import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {notes: {state: ({text = 'unknown'}) => `state of the account: ${text}`}},
  zh: {notes: {state: ({text = '未知'}) => `账户状态：${text}`}},
  ja: {notes: {state: ({text = '不明'}) => `アカウントの状態：${text}`}},
};
