export const id = 'openai';

/** Ids under which opencode and its plugins keep a ChatGPT login. */
export const opencodeIds: readonly string[] = ['openai', 'codex', 'chatgpt', 'opencode'];
