import type {KeySite} from '../shared/keys.ts';

export const variables = ['SYNTHETIC_API_KEY'] as const;

export const site = {
  id: 'synthetic',
  hosts: ['api.synthetic.new', 'synthetic.new'],
  opencodeIds: ['synthetic'],
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
} as const satisfies KeySite;

/** What pi calls it, in its own file and in those of its extensions. */
export const piIds = ['synthetic', 'synthetic.new', 'syn'] as const;
export const piModels = '.pi/agent/models.json';
export const factoryPlace = 'Factory';
export const factorySettings = '.factory/settings.json';
