import type {Remedy} from '../../core/model.ts';

export const id = 'grok';
export const host = 'cli-chat-proxy.grok.com';

export const variables = ['GROK_OAUTH_TOKEN', 'GROK_BUILD_ACCESS_TOKEN'] as const;
export const opencodeIds = ['xai'] as const;
/** Where logins are looked for, by name. */
export const places = {environment: 'environment', opencode: 'opencode', cli: 'Grok Build'} as const;

export const runGrok: Remedy = {code: 'run', command: 'grok'};
export const grokLogin: Remedy = {code: 'run', command: 'grok login'};
