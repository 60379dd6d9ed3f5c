import type {Provider} from '../../core/provider.ts';
import {keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {piPlace} from '../shared/pi.ts';
import {site} from './site.ts';
import {words} from './words.ts';

/** Balance of DeepSeek's API: see docs/providers/deepseek.md. */
export const deepseek: Provider = lazyProvider(
  {
    id: site.id,
    name: 'DeepSeek',
    usageUrl: 'https://platform.deepseek.com/usage',
    intervalSeconds: {default: 300, floor: 120},
    hosts: site.hosts,
    inDemo: true,
    windowIds: [],
    places: [...keyPlaces(site, site.variables), piPlace],
    login: {secret: 'API key', fields: []},
    pathVariables: keyPathVariables,
    words,
  },
  {
    discover: async () => (await import('./balance.ts')).discover,
    fetch: async () => (await import('./balance.ts')).fetchBalance,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
