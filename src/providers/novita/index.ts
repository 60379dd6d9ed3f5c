import type {Provider} from '../../core/provider.ts';
import {discoverKeys, keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {site, variables} from './site.ts';

/** Balance of Novita's API: see docs/providers/novita.md. */
export const novita: Provider = lazyProvider(
  {
    id: site.id,
    name: 'Novita',
    usageUrl: 'https://novita.ai',
    intervalSeconds: {default: 300, floor: 120},
    hosts: site.hosts,
    windowIds: [],
    places: keyPlaces(site, variables),
    login: {secret: 'API key', fields: []},
    pathVariables: keyPathVariables,
  },
  {
    discover: async () => (machine, names) => discoverKeys(site, machine, names),
    fetch: async () => (await import('./balance.ts')).fetchBalance,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
