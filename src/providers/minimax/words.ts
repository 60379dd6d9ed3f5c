import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {video: 'Video', 'speech-hd': ['Speech HD', 'Speech'], 'image-01': ['Images (image-01)', 'Images']},
    notes: {boost: ({text}) => `allowance ${text ?? 'raised'} for now`},
  },
  zh: {
    pools: {video: '视频', 'speech-hd': ['高清语音', '语音'], 'image-01': ['图像 (image-01)', '图像']},
    notes: {boost: ({text}) => `额度暂时 ${text ?? '提高'}`},
  },
  ja: {
    pools: {video: '動画', 'speech-hd': ['高品質音声', '音声'], 'image-01': ['画像 (image-01)', '画像']},
    notes: {boost: ({text}) => `今だけ上限 ${text ?? '引き上げ'}`},
  },
};
