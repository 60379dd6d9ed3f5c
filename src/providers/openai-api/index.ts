import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {ownKeyPlaces} from '../shared/own-keys.ts';
import {host, site} from './site.ts';
import {words} from './words.ts';

/** What an organization spends at OpenAI's API: docs/providers/openai-api.md */
export const openaiApi: Provider = lazyProvider(
  {
    id: site.id,
    name: 'OpenAI API',
    usageUrl: 'https://platform.openai.com',
    intervalSeconds: {default: 900, floor: 300},
    hosts: [host],
    windowIds: [],
    places: ownKeyPlaces(site),
    login: {secret: 'admin key', fields: []},
    words,
  },
  {
    discover: async () => (await import('./costs.ts')).discover,
    fetch: async () => (await import('./costs.ts')).fetchCosts,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
