import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {
      mcp: ['MCP / web search', 'MCP'],
      tokens: 'Tokens',
      credits: 'Credits',
    },
  },
  zh: {
    pools: {
      mcp: ['MCP / 联网搜索', 'MCP'],
      tokens: 'Token',
      credits: '积分',
    },
  },
  ja: {
    pools: {
      mcp: ['MCP / ウェブ検索', 'MCP'],
      tokens: 'トークン',
      credits: ['クレジット', '残高'],
    },
  },
};
