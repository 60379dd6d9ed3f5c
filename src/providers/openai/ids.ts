import type {Remedy} from '../../core/model.ts';

export const id = 'openai';

/** Ids under which opencode and its plugins keep a ChatGPT login. */
export const opencodeIds: readonly string[] = ['openai', 'codex', 'chatgpt', 'opencode'];

/** What renews a login, by the tool that keeps it. */
export const runCodex: Remedy = {code: 'run', command: 'codex'};
export const openOpencode: Remedy = {code: 'open', name: 'opencode'};
export const opencodeLogin: Remedy = {code: 'run', command: 'opencode auth login'};
