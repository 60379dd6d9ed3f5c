import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {ownKeyPlaces} from '../shared/own-keys.ts';
import {host, site, variablesNote} from './site.ts';
import {words} from './words.ts';

/** Prepaid balance of a team at xAI's API: docs/providers/xai.md */
export const xai: Provider = lazyProvider(
  {
    id: site.id,
    name: 'xAI API',
    usageUrl: 'https://console.x.ai',
    intervalSeconds: {default: 600, floor: 60},
    hosts: [host],
    windowIds: [],
    places: ownKeyPlaces(site).map(place => (place.stored ? place : {...place, note: variablesNote})),
    login: {secret: 'management key', fields: [{name: 'teamId', label: 'Team ID', required: false}]},
    words,
  },
  {
    discover: async () => (await import('./balance.ts')).discover,
    fetch: async () => (await import('./balance.ts')).fetchBalance,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
