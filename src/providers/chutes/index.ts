import type {Provider} from '../../core/provider.ts';
import {discoverKeys, keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {host, site, variables} from './site.ts';

/** Limits of Chutes' plans, requests of the day, and the balance: docs/providers/chutes.md */
export const chutes: Provider = lazyProvider(
  {
    id: site.id,
    name: 'Chutes',
    usageUrl: 'https://chutes.ai',
    intervalSeconds: {default: 120, floor: 60},
    hosts: [host],
    windowIds: ['4h', 'monthly', '1d'],
    places: keyPlaces(site, variables),
    login: {secret: 'API key', fields: []},
    pathVariables: keyPathVariables,
  },
  {
    discover: async () => (machine, names) => discoverKeys(site, machine, names),
    fetch: async () => (await import('./fetch.ts')).fetchLimits,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
