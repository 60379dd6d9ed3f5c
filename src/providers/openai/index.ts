import type {Provider} from '../../core/provider.ts';
import {opencodePlace, storedPlace} from '../shared/login-places.ts';
import {discover, opencodeIds} from './discover.ts';
import {fetch} from './fetch.ts';

export {parseUsage} from './parse.ts';

/** The quota of Codex in a ChatGPT plan; chat messages are not counted here. docs/providers/openai.md */
export const openai: Provider = {
  id: 'openai',
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
  discover,
  fetch,
};
