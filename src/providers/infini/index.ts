import type {Provider} from '../../core/provider.ts';
import {discoverKeys, keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {site, variables} from './site.ts';

/** Limits of Infini-AI's Coding Plan: see docs/providers/infini.md. */
export const infini: Provider = lazyProvider(
  {
    id: site.id,
    name: 'Infini-AI',
    usageUrl: 'https://cloud.infini-ai.com',
    intervalSeconds: {default: 300, floor: 120},
    hosts: site.hosts,
    windowIds: ['5h', 'weekly', '30d'],
    places: keyPlaces(site, variables),
    login: {secret: 'API key', fields: []},
    pathVariables: keyPathVariables,
  },
  {
    discover: async () => (machine, names) => discoverKeys(site, machine, names),
    fetch: async () => (await import('./limits.ts')).fetchLimits,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
