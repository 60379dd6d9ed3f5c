import type {KeySite} from '../shared/keys.ts';

export const variables = ['INFINI_API_KEY'] as const;

export const site: KeySite = {
  id: 'infini',
  hosts: ['cloud.infini-ai.com'],
  path: '/maas/coding',
  opencodeIds: [],
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
  // Keys of its other product are refused.
  isForeign: key => !key.startsWith('sk-cp-'),
};
