import type {Provider} from '../core/provider.ts';
import {catalogue} from './index.ts';

/** Every word of every provider. The bundle has their `words.ts` in place of this module, and nothing else of them. */
export const knownWords: readonly Pick<Provider, 'id' | 'words'>[] = catalogue.map(({id, words}) => ({
  id,
  ...(words && {words}),
}));
