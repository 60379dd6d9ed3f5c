import type {Provider} from '../../core/provider.ts';
import {discover} from './discover.ts';
import {fetch} from './fetch.ts';

export {parseUsage} from './parse.ts';

/** The quota of Codex in a ChatGPT plan; chat messages are not counted here. docs/providers/openai.md */
export const openai: Provider = {
  id: 'openai',
  name: 'OpenAI',
  usageUrl: 'https://chatgpt.com/codex/settings/usage',
  intervalSeconds: {default: 120, floor: 60},
  hosts: ['chatgpt.com'],
  login: {
    secret: 'access token',
    fields: [{name: 'accountId', label: 'ChatGPT account id', required: false}],
  },
  discover,
  fetch,
};
