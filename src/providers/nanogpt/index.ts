import type {Provider} from '../../core/provider.ts';
import {discoverKeys, keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {site, variables} from './site.ts';
import {words} from './words.ts';

/** Limits of NanoGPT's subscription, and the balance: docs/providers/nanogpt.md */
export const nanogpt: Provider = lazyProvider(
  {
    id: site.id,
    name: 'NanoGPT',
    usageUrl: 'https://nano-gpt.com',
    intervalSeconds: {default: 300, floor: 60},
    hosts: site.hosts,
    windowIds: ['weekly', '1d', 'images/1d', 'monthly'],
    places: keyPlaces(site, variables),
    login: {secret: 'API key', fields: []},
    pathVariables: keyPathVariables,
    words,
  },
  {
    discover: async () => (machine, names) => discoverKeys(site, machine, names),
    fetch: async () => (await import('./fetch.ts')).fetchUsage,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
