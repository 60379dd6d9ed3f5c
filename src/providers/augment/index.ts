import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {storedPlace} from '../shared/login-places.ts';
import {id, places, sessionFile, variable} from './names.ts';

/** Credits of an Augment Code plan: docs/providers/augment.md */
export const augment: Provider = lazyProvider(
  {
    id,
    name: 'Augment Code',
    usageUrl: 'https://app.augmentcode.com/account/subscription',
    intervalSeconds: {default: 300, floor: 60},
    hosts: ['*.api.augmentcode.com'],
    windowIds: ['monthly'],
    places: [
      {name: places.environment, variables: [variable]},
      storedPlace,
      {name: places.auggie, files: [`~/${sessionFile}`]},
    ],
    login: {secret: 'access token', fields: [{name: 'tenantURL', label: 'tenant URL', required: true}]},
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./credits.ts')).fetchCredits,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
