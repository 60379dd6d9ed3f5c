import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {inEach, opencodePlace, storedPlace} from '../shared/login-places.ts';
import {host, id, opencodeIds, places, variables} from './names.ts';
import {words} from './words.ts';

/** The pool that SuperGrok and Grok Build share: docs/providers/grok.md */
export const grok: Provider = lazyProvider(
  {
    id,
    name: 'Grok',
    usageUrl: 'https://grok.com',
    intervalSeconds: {default: 300, floor: 60},
    hosts: [host],
    windowIds: ['weekly', 'monthly', 'on-demand/monthly', '<length>', 'on-demand/<length>'],
    places: [
      {name: places.environment, variables},
      storedPlace,
      {name: places.cli, files: inEach(['$GROK_HOME', '~/.grok'], 'auth.json')},
      opencodePlace(opencodeIds),
    ],
    login: {secret: 'access token', fields: []},
    pathVariables: ['GROK_HOME'],
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchBilling,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
