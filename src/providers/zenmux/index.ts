import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {places, site} from './site.ts';
import {words} from './words.ts';

/** Limits of a ZenMux plan, and the balance beside it: see docs/providers/zenmux.md. */
export const zenmux: Provider = lazyProvider(
  {
    id: site.id,
    name: 'ZenMux',
    usageUrl: site.url,
    intervalSeconds: {default: 300, floor: 120},
    hosts: site.hosts,
    windowIds: ['5h', 'weekly'],
    places,
    login: {secret: 'management key', fields: []},
    words,
  },
  {
    discover: async () => (await import('./fetch.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchLimits,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
