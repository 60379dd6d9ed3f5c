import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {search: ['Web search', 'Search']},
    notes: {regenerates: () => 'limits refill bit by bit, without a reset'},
  },
  zh: {pools: {search: ['网页搜索', '搜索']}, notes: {regenerates: () => '额度会逐步恢复，没有重置时间'}},
  ja: {pools: {search: ['ウェブ検索', '検索']}, notes: {regenerates: () => '枠は少しずつ回復し、リセットはありません'}},
};
