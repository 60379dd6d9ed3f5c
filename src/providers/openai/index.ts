import type {Provider} from '../../core/provider.ts';
import {opencodePlace, storedPlace} from '../shared/login-places.ts';
import {id, opencodeIds} from './ids.ts';
import {words} from './words.ts';

/** The quota of Codex in a ChatGPT plan; chat messages are not counted here. docs/providers/openai.md */
export const openai: Provider = {
  id,
  name: 'OpenAI',
  usageUrl: 'https://chatgpt.com/codex/settings/usage',
  intervalSeconds: {default: 120, floor: 60},
  hosts: ['chatgpt.com'],
  places: [
    {name: 'environment', where: ['CODEX_ACCESS_TOKEN', 'CODEX_TOKEN']},
    storedPlace,
    opencodePlace(opencodeIds),
    {name: 'Codex', where: ['$CODEX_HOME/auth.json', '~/.codex/auth.json', '~/.config/codex/auth.json']},
  ],
  login: {
    secret: 'access token',
    fields: [{name: 'accountId', label: 'ChatGPT account ID', required: false}],
  },
  pathVariables: ['CODEX_HOME'],
  words,
  discover: async machine => (await import('./discover.ts')).discover(machine),
  fetch: async (account, wire) => (await import('./fetch.ts')).fetch(account, wire),
  demo: async () => (await import('./demo.ts')).demo,
};
