import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {pools: {core: ['Core models', 'Core'], premium: 'Premium'}},
  zh: {pools: {core: ['核心模型', '核心'], premium: '高级'}},
  ja: {pools: {core: ['コアモデル', 'コア'], premium: ['プレミアム', '特別枠']}},
};
