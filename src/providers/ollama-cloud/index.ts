import type {Provider} from '../../core/provider.ts';
import {keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {piPlace} from '../shared/pi.ts';
import {site, variables} from './site.ts';

/** Limits of Ollama's cloud models: docs/providers/ollama-cloud.md */
export const ollamaCloud: Provider = lazyProvider(
  {
    id: site.id,
    name: 'Ollama Cloud',
    usageUrl: 'https://ollama.com',
    intervalSeconds: {default: 300, floor: 120},
    hosts: site.hosts,
    windowIds: ['5h', 'weekly', 'monthly', '<limit>'],
    places: [...keyPlaces(site, variables), piPlace],
    login: {secret: 'API key', fields: []},
    pathVariables: keyPathVariables,
  },
  {
    discover: async () => (await import('./usage.ts')).discover,
    fetch: async () => (await import('./usage.ts')).fetchUsage,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
