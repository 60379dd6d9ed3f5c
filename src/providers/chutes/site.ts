import type {KeySite} from '../shared/keys.ts';

export const variables = ['CHUTES_API_KEY'] as const;
/** The only host that gets a key from here. */
export const host = 'api.chutes.ai';

export const site = {
  id: 'chutes',
  // Its models are on hosts of their own.
  hosts: [host, 'llm.chutes.ai', 'claude.chutes.ai'],
  opencodeIds: ['chutes'],
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
} as const satisfies KeySite;
