import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {pools: {auto: 'Auto', api: ['API models', 'API'], 'on-demand': ['On-demand spend', 'On-demand']}},
  zh: {pools: {auto: 'Auto', api: ['API 模型', 'API'], 'on-demand': ['按需支出', '按需']}},
  ja: {pools: {auto: 'Auto', api: ['API モデル', 'API'], 'on-demand': ['従量課金', '従量']}},
};
