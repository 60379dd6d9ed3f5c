import type {Provider} from '../../core/provider.ts';
import {opencodeConfigPlaces, opencodePlace, storedPlace} from '../shared/login-places.ts';
import {opencodeIds, quotaTokenFile, tiers} from './names.ts';
import {words} from './words.ts';

/** Premium requests or AI credits, chat and completions of a Copilot plan. docs/providers/copilot.md */
export const copilot: Provider = {
  id: 'copilot',
  name: 'GitHub Copilot',
  usageUrl: 'https://github.com/settings/copilot/features',
  intervalSeconds: {default: 300, floor: 60},
  hosts: ['api.github.com', 'api.*.ghe.com'],
  places: [
    storedPlace,
    {name: quotaTokenFile, where: opencodeConfigPlaces},
    opencodePlace(opencodeIds.flat()),
    {name: 'environment', where: ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN']},
    {name: 'Copilot CLI', where: ['config.json in $COPILOT_HOME or ~/.copilot']},
    {name: 'gh', where: ['hosts.yml in $GH_CONFIG_DIR, $XDG_CONFIG_HOME/gh or ~/.config/gh', 'gh auth token']},
    {
      name: 'Copilot editors',
      where: ['auth.db, apps.json and hosts.json in $XDG_CONFIG_HOME/github-copilot and ~/.config/github-copilot'],
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
  pathVariables: ['COPILOT_HOME', 'GH_CONFIG_DIR'],
  words,
  discover: async machine => (await import('./discover.ts')).discover(machine),
  fetch: async (account, wire) => (await import('./fetch.ts')).fetch(account, wire),
  demo: async () => (await import('./demo.ts')).demo,
};
