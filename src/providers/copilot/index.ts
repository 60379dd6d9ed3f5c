import type {Provider} from '../../core/provider.ts';
import {discover} from './discover.ts';
import {fetch} from './fetch.ts';
import {tiers} from './plans.ts';

export {parseBilling} from './parse-billing.ts';
export {parseInternal} from './parse-internal.ts';

/** Premium requests or AI credits, chat and completions of a Copilot plan. docs/providers/copilot.md */
export const copilot: Provider = {
  id: 'copilot',
  name: 'GitHub Copilot',
  usageUrl: 'https://github.com/settings/copilot/features',
  intervalSeconds: {default: 300, floor: 60},
  hosts: ['api.github.com', 'api.*.ghe.com'],
  login: {
    secret: 'token',
    fields: [
      {name: 'username', label: 'GitHub user name', required: false},
      {name: 'tier', label: 'plan', required: false, values: tiers},
      {name: 'organization', label: 'organisation that pays', required: false},
      {name: 'enterprise', label: 'enterprise that pays', required: false},
      {name: 'enterpriseUrl', label: 'company host, like acme.ghe.com', required: false},
      {
        name: 'billingModel',
        label: 'billing model',
        required: false,
        values: ['ai_credits', 'legacy_premium_requests'],
      },
    ],
  },
  discover,
  fetch,
};
