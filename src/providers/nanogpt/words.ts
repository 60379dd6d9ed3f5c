import type {ProviderWords} from '../../core/provider-words.ts';
import type {Language} from '../../core/settings.ts';

export const words: Record<Language, ProviderWords> = {
  en: {
    pools: {images: 'Images'},
    notes: {grace: ({time}) => `grace period: the subscription ends ${time ?? 'soon'}`},
  },
  zh: {pools: {images: '图像'}, notes: {grace: ({time}) => `宽限期：订阅将于${time ?? '近期'}结束`}},
  ja: {pools: {images: '画像'}, notes: {grace: ({time}) => `猶予期間：サブスクリプションは${time ?? 'まもなく'}終了`}},
};
