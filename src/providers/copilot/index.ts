import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {inEach, inOpencodeConfig, opencodePathVariables, opencodePlace, storedPlace} from '../shared/login-places.ts';
import {opencodeIds, places, quotaTokenFile, tiers, tokenVariables} from './names.ts';
import {words} from './words.ts';

/** Premium requests or AI credits, chat and completions of a Copilot plan. docs/providers/copilot.md */
export const copilot: Provider = lazyProvider(
  {
    id: 'copilot',
    name: 'GitHub Copilot',
    usageUrl: 'https://github.com/settings/copilot/features',
    intervalSeconds: {default: 300, floor: 60},
    hosts: ['api.github.com', 'api.*.ghe.com'],
    sends: 'an app’s OAuth token, or your own token',
    inDemo: true,
    windowIds: ['premium/monthly', 'chat/monthly', 'completions/monthly', '<bucket>/monthly'],
    places: [
      storedPlace,
      {name: quotaTokenFile, files: inOpencodeConfig(quotaTokenFile)},
      opencodePlace(opencodeIds.flat()),
      {name: places.environment, variables: tokenVariables},
      {name: places.cli, files: inEach(['$COPILOT_HOME', '~/.copilot'], 'config.json')},
      {
        name: places.gh,
        files: inEach(['$GH_CONFIG_DIR', '$XDG_CONFIG_HOME/gh', '~/.config/gh'], 'hosts.yml'),
        note: 'gh auth token, for a login that this file only names',
      },
      {
        name: places.editors,
        files: inEach(
          ['$XDG_CONFIG_HOME/github-copilot', '~/.config/github-copilot'],
          ...['auth.db', 'apps.json', 'hosts.json'],
        ),
      },
    ],
    login: {
      secret: 'token',
      fields: [
        {name: 'username', label: 'GitHub user name', required: false},
        {name: 'tier', label: 'plan', required: false, values: tiers},
        {name: 'organization', label: 'organisation that is billed', required: false},
        {name: 'enterprise', label: 'enterprise that is billed', required: false},
        {name: 'enterpriseUrl', label: 'company host, like acme.ghe.com', required: false},
        {
          name: 'billingModel',
          label: 'billing model',
          required: false,
          values: ['ai_credits', 'legacy_premium_requests'],
        },
      ],
    },
    pathVariables: [...opencodePathVariables, 'COPILOT_HOME', 'GH_CONFIG_DIR'],
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetch,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
