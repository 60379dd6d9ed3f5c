import type {KeySite} from '../shared/keys.ts';

export const variables = ['NOVITA_API_KEY'] as const;

export const site: KeySite = {
  id: 'novita',
  hosts: ['api.novita.ai'],
  opencodeIds: ['novita-ai', 'novita'],
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
};
