import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {
      agent: ['Agent usage', 'Agent'],
      'coding-team': ['Coding Plan, team', 'Team'],
      'agent-team': ['Agent Plan, team', 'Agent team'],
    },
    notes: {
      'no-seat': ({text = 'the team plan'}) => `${text}: you have no seat`,
      unread: ({text = 'a plan'}) => `${text}: could not be read`,
    },
  },
  zh: {
    pools: {
      agent: ['智能体用量', '智能体'],
      'coding-team': ['Coding Plan 团队版', '团队版'],
      'agent-team': ['Agent Plan 团队版', 'Agent 团队'],
    },
    notes: {
      'no-seat': ({text = '团队套餐'}) => `${text}：你没有席位`,
      unread: ({text = '某个套餐'}) => `${text}：无法读取`,
    },
  },
  ja: {
    pools: {
      agent: ['エージェント使用量', 'エージェント'],
      'coding-team': ['Coding Plan チーム', 'チーム'],
      'agent-team': ['Agent Plan チーム', 'Agent チーム'],
    },
    notes: {
      'no-seat': ({text = 'チームプラン'}) => `${text}：シートがありません`,
      unread: ({text = 'あるプラン'}) => `${text}：読み取れませんでした`,
    },
  },
};
