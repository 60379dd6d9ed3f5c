import type {Provider} from '../../core/provider.ts';
import {keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {piPlace} from '../shared/pi.ts';
import {keyFiles, site} from './site.ts';
import {words} from './words.ts';

/** Caps of a key and balance of its account: see docs/providers/openrouter.md. */
export const openrouter: Provider = lazyProvider(
  {
    id: site.id,
    name: 'OpenRouter',
    usageUrl: 'https://openrouter.ai/activity',
    intervalSeconds: {default: 120, floor: 60},
    hosts: site.hosts,
    inDemo: true,
    windowIds: ['key/1d', 'key/weekly', 'key/monthly', 'key/total', 'free/1d'],
    places: [
      ...keyPlaces(site, site.variables),
      piPlace,
      ...keyFiles.map(({place, path}) => ({name: place, files: [`~/${path}`]})),
    ],
    login: {secret: 'API key', fields: []},
    pathVariables: keyPathVariables,
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchLimits,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
