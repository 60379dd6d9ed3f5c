import type {LoginPlace} from '../../core/login-place.ts';
import {type KeySite, keyPlaces} from '../shared/keys.ts';
import {piPlace} from '../shared/pi.ts';

const variables = ['OPENCODE_API_KEY'] as const;

export const site = {
  id: 'opencode-go',
  name: 'opencode Go',
  usageUrl: 'https://opencode.ai/auth',
  hosts: ['opencode.ai'],
  path: '/zen',
  opencodeIds: ['opencode-go'],
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
  // What opencode sends for its free models.
  isForeign: key => key === 'public',
} as const satisfies KeySite & {name: string; usageUrl: string};

/** The same keys are used to pay per use, and most of those have no Go plan. */
export const zenSite = {...site, opencodeIds: ['opencode'], inEnvironment: () => []} as const satisfies KeySite;

export const places: LoginPlace[] = [
  ...keyPlaces({...site, opencodeIds: [...site.opencodeIds, ...zenSite.opencodeIds]}, variables),
  {...piPlace, note: 'under opencode-go'},
];
