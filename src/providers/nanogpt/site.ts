import type {KeySite} from '../shared/keys.ts';

export const variables = ['NANOGPT_API_KEY', 'NANO_GPT_API_KEY'] as const;

export const site = {
  id: 'nanogpt',
  hosts: ['nano-gpt.com'],
  opencodeIds: ['nanogpt', 'nano-gpt'],
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
} as const satisfies KeySite;
