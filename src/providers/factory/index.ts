import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {ownKeyPlaces} from '../shared/own-keys.ts';
import {files, host, places, site} from './names.ts';
import {words} from './words.ts';

/** Limits of a Factory plan, which Droid spends: docs/providers/factory.md */
export const factory: Provider = lazyProvider(
  {
    id: site.id,
    name: 'Factory',
    usageUrl: 'https://app.factory.ai/settings/billing',
    intervalSeconds: {default: 300, floor: 60},
    hosts: [host],
    sends: 'API key, or Droid’s access token',
    windowIds: ['5h', 'weekly', 'monthly', 'core/<length>', 'premium/<length>'],
    places: [
      ...ownKeyPlaces(site),
      {name: places.envFile, files: [`~/${files.env}`]},
      {name: places.droid, files: [files.login, files.key].map(file => `~/${file}`)},
    ],
    login: {secret: 'API key', fields: []},
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchLimits,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
