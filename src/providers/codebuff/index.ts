import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {ownKeyPlaces} from '../shared/own-keys.ts';
import {credentialsFile, host, place, site} from './site.ts';

/** Credits of Codebuff: docs/providers/codebuff.md */
export const codebuff: Provider = lazyProvider(
  {
    id: site.id,
    name: 'Codebuff',
    usageUrl: 'https://www.codebuff.com',
    intervalSeconds: {default: 300, floor: 60},
    hosts: [host],
    sends: 'API key, or Codebuff’s own token',
    windowIds: ['monthly', 'weekly'],
    places: [...ownKeyPlaces(site), {name: place, files: [`~/${credentialsFile}`]}],
    login: {secret: 'API key', fields: []},
  },
  {
    discover: async () => (await import('./fetch.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchCredits,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
