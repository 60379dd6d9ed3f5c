import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {inEach, opencodePlace, storedPlace} from '../shared/login-places.ts';
import {id, opencodeIds, places, variables} from './ids.ts';
import {words} from './words.ts';

const homes = ['$CODEX_HOME', '~/.codex', '~/.config/codex'];

/** The quota of Codex in a ChatGPT plan; chat messages are not counted here. docs/providers/openai.md */
export const openai: Provider = lazyProvider(
  {
    id,
    name: 'OpenAI',
    usageUrl: 'https://chatgpt.com/codex/settings/usage',
    intervalSeconds: {default: 120, floor: 60},
    hosts: ['chatgpt.com'],
    sends: 'access token, account ID',
    inDemo: true,
    windowIds: [
      ...['5h', 'weekly', 'monthly', '30d', '<length>', '<model>/<length>', 'code-review/weekly'],
      ...['spend/monthly', 'spend-<scope>/monthly'],
    ],
    places: [
      {name: places.environment, variables},
      storedPlace,
      opencodePlace(opencodeIds),
      {
        name: places.codex,
        files: [...inEach(homes, 'auth.json'), ...inEach(homes, 'config.toml')],
      },
    ],
    login: {
      secret: 'access token',
      fields: [{name: 'accountId', label: 'ChatGPT account ID', required: false}],
    },
    pathVariables: ['CODEX_HOME'],
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetch,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
