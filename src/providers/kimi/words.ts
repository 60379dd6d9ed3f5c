import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {pools: {code: 'Coding', extra: ['Extra usage', 'Extra']}},
  zh: {pools: {code: '编程', extra: ['额外用量', '额外']}},
  ja: {pools: {code: ['コーディング', 'コード'], extra: ['追加利用', '追加']}},
};
