import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {
      trial: 'Trial',
      bonus: 'Bonus',
      overage: 'Overage',
      agentic: ['Agentic requests', 'Agentic'],
      vibe: 'Vibe',
      spec: 'Spec',
    },
    notes: {
      'trial-ends': ({time = ''}) => `the trial ends ${time}`,
      'bonus-ends': ({time = ''}) => `the bonus ends ${time}`,
    },
  },
  zh: {
    pools: {
      trial: '试用',
      bonus: '奖励',
      overage: '超额',
      agentic: ['智能体请求', '智能体'],
      vibe: 'Vibe',
      spec: 'Spec',
    },
    notes: {
      'trial-ends': ({time = ''}) => `试用结束：${time}`,
      'bonus-ends': ({time = ''}) => `奖励结束：${time}`,
    },
  },
  ja: {
    pools: {
      trial: 'トライアル',
      bonus: 'ボーナス',
      overage: '超過分',
      agentic: ['エージェント要求', 'エージェント'],
      vibe: 'Vibe',
      spec: 'Spec',
    },
    notes: {
      'trial-ends': ({time = ''}) => `トライアルの終了: ${time}`,
      'bonus-ends': ({time = ''}) => `ボーナスの終了: ${time}`,
    },
  },
};
