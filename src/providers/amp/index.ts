import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {ownKeyPlaces} from '../shared/own-keys.ts';
import {host, place, secretsFile, site} from './site.ts';
import {words} from './words.ts';

/** Amp Free, an Amp subscription, and credits: docs/providers/amp.md */
export const amp: Provider = lazyProvider(
  {
    id: site.id,
    name: 'Amp',
    usageUrl: 'https://ampcode.com/settings',
    intervalSeconds: {default: 300, floor: 60},
    hosts: [host],
    windowIds: ['free/1d', 'agent/monthly', 'orb/monthly'],
    places: [...ownKeyPlaces(site), {name: place, files: [`~/${secretsFile}`]}],
    login: {secret: 'access token', fields: []},
    words,
  },
  {
    discover: async () => (await import('./fetch.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchUsage,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
