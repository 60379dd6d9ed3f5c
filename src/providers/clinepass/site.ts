import type {KeySite} from '../shared/keys.ts';

export const variables = ['CLINE_API_KEY', 'CLINEPASS_API_KEY'] as const;
export const place = 'Cline';

export const site = {
  id: 'clinepass',
  hosts: ['api.cline.bot'],
  opencodeIds: ['cline-pass'],
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
} as const satisfies KeySite;
