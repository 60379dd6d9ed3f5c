import type {KeySite} from '../shared/keys.ts';

export const variables = ['OLLAMA_API_KEY'] as const;

export const site = {
  id: 'ollama-cloud',
  hosts: ['ollama.com'],
  opencodeIds: ['ollama-cloud'],
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
  // What stands in a key's place for a server on this machine, which needs none.
  isForeign: key => /^ollama(?:-local)?$/i.test(key),
} as const satisfies KeySite;
