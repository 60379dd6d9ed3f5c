import type {Remedy} from '../../core/model.ts';
import {storedPlace} from '../shared/login-places.ts';

export const id = 'openai';

/** Ids under which opencode and its plugins keep a ChatGPT login. */
export const opencodeIds: readonly string[] = ['openai', 'codex', 'chatgpt', 'opencode'];

/** Where logins are looked for, by name. */
export const places = {
  environment: 'environment',
  stored: storedPlace.name,
  opencode: 'opencode',
  codex: 'Codex',
} as const;
export const variables = ['CODEX_ACCESS_TOKEN', 'CODEX_TOKEN'] as const;

/** What renews a login, by the tool that keeps it. */
export const runCodex: Remedy = {code: 'run', command: 'codex'};
export const openOpencode: Remedy = {code: 'open', name: 'opencode'};
export const opencodeLogin: Remedy = {code: 'run', command: 'opencode auth login'};
