import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {free: ['Free models', 'Free'], agent: ['Agent usage', 'Agent'], orb: ['Orb usage', 'Orb']},
    notes: {
      'renews-days': ({text = ''}) => `renews in ${text} ${text === '1' ? 'day' : 'days'}`,
      'renews-months': ({text = ''}) => `renews in ${text} ${text === '1' ? 'month' : 'months'}`,
    },
  },
  zh: {
    pools: {free: ['免费模型', '免费'], agent: ['智能体用量', '智能体'], orb: ['Orb 用量', 'Orb']},
    notes: {
      'renews-days': ({text = ''}) => `${text} 天后续订`,
      'renews-months': ({text = ''}) => `${text} 个月后续订`,
    },
  },
  ja: {
    pools: {free: ['無料モデル', '無料'], agent: ['エージェント使用量', 'エージェント'], orb: ['Orb 使用量', 'Orb']},
    notes: {
      'renews-days': ({text = ''}) => `${text} 日後に更新`,
      'renews-months': ({text = ''}) => `${text} か月後に更新`,
    },
  },
};
