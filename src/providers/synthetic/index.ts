import type {Provider} from '../../core/provider.ts';
import {keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {piPlace} from '../shared/pi.ts';
import {factoryPlace, factorySettings, piModels, site, variables} from './site.ts';
import {words} from './words.ts';

/** Limits of Synthetic's subscription: docs/providers/synthetic.md */
export const synthetic: Provider = lazyProvider(
  {
    id: site.id,
    name: 'Synthetic',
    usageUrl: 'https://synthetic.new',
    intervalSeconds: {default: 120, floor: 60},
    hosts: ['api.synthetic.new'],
    windowIds: ['5h', 'weekly', 'search/1h'],
    places: [
      ...keyPlaces(site, variables),
      {...piPlace, files: [...piPlace.files, `~/${piModels}`]},
      {name: factoryPlace, files: [`~/${factorySettings}`]},
    ],
    login: {secret: 'API key', fields: []},
    pathVariables: keyPathVariables,
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./quotas.ts')).fetchQuotas,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
