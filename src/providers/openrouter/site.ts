import type {KeySite} from '../shared/keys.ts';

const variables = ['OPENROUTER_API_KEY', 'OPENROUTER_KEY'] as const;

export const site = {
  id: 'openrouter',
  hosts: ['openrouter.ai'],
  opencodeIds: ['openrouter'],
  variables,
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
} as const satisfies KeySite & {variables: readonly string[]};

/** Files that other monitors keep its key in, below the home directory. */
export const keyFiles = [
  {place: 'openusage', path: '.config/openusage/openrouter.json', source: 'openusage openrouter.json'},
  {place: 'key file', path: '.config/openrouter/key.json', source: 'openrouter key.json'},
] as const;
export type KeyFile = (typeof keyFiles)[number];
