import type {KeySite} from '../shared/keys.ts';

const variables = ['DEEPSEEK_API_KEY', 'DEEPSEEK_KEY'] as const;

export const site = {
  id: 'deepseek',
  hosts: ['api.deepseek.com'],
  opencodeIds: ['deepseek'],
  variables,
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
} as const satisfies KeySite & {variables: readonly string[]};
