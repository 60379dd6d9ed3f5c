import type {Provider} from '../../core/provider.ts';
import {keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {inEach, keyPathVariables} from '../shared/login-places.ts';
import {cliPlace, site, variables, variablesNote} from './site.ts';
import {words} from './words.ts';

/** Balance at Kilo Code, and the credits of Kilo Pass: docs/providers/kilo.md */
export const kilo: Provider = lazyProvider(
  {
    id: site.id,
    name: 'Kilo Code',
    usageUrl: 'https://app.kilo.ai',
    intervalSeconds: {default: 300, floor: 60},
    hosts: site.hosts,
    windowIds: ['pass/monthly'],
    places: [
      ...keyPlaces(site, variables, variablesNote),
      {name: cliPlace, files: inEach(['$XDG_DATA_HOME', '~/.local/share'], 'kilo/auth.json')},
    ],
    login: {
      secret: 'API key',
      fields: [{name: 'organizationId', label: 'Organization ID of a team', required: false}],
    },
    pathVariables: keyPathVariables,
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchCredits,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
