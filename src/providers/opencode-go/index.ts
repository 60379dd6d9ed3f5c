import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {places, site} from './site.ts';

/** opencode's Go subscription: see docs/providers/opencode-go.md. */
export const opencodeGo: Provider = lazyProvider(
  {
    id: site.id,
    name: site.name,
    usageUrl: site.usageUrl,
    intervalSeconds: {default: 120, floor: 60},
    hosts: site.hosts,
    windowIds: ['5h', 'weekly', 'monthly'],
    places,
    login: {secret: 'API key', fields: []},
    pathVariables: keyPathVariables,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchUsage,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
