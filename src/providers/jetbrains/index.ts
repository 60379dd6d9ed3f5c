import type {Provider} from '../../core/provider.ts';
import {inAppDirectory} from '../shared/app-directories.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {id, makers, place, quotaFile} from './names.ts';

/** Credits of JetBrains AI, as an IDE noted them; nothing is requested: docs/providers/jetbrains.md */
export const jetbrains: Provider = lazyProvider(
  {
    id,
    name: 'JetBrains AI',
    usageUrl: 'https://account.jetbrains.com/licenses',
    intervalSeconds: {default: 300, floor: 60},
    hosts: [],
    sends: 'nothing',
    windowIds: ['30d', '<length>'],
    places: [
      {
        name: place,
        files: makers.flatMap(({name, product}) => inAppDirectory(name, `${product}*/${quotaFile}`)),
        note: 'the file that was written last',
      },
    ],
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('../shared/noted.ts')).fetchNoted,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
