import type {Provider} from '../../core/provider.ts';
import {inAppDirectory} from '../shared/app-directories.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {editors, id, place, stateFile} from './names.ts';

/** Quotas that Devin and Windsurf share, as a Windsurf editor noted them; nothing is requested: docs/providers/devin.md */
export const devin: Provider = lazyProvider(
  {
    id,
    name: 'Devin / Windsurf',
    usageUrl: 'https://app.devin.ai',
    intervalSeconds: {default: 300, floor: 60},
    hosts: [],
    sends: 'nothing',
    windowIds: ['1d', 'weekly'],
    places: [
      {name: place, files: editors.flatMap(name => inAppDirectory(name, stateFile)), note: 'what was noted last'},
    ],
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('../shared/noted.ts')).fetchNoted,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
