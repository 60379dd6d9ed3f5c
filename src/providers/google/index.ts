import type {Provider} from '../../core/provider.ts';
import {quotaHosts} from './ask.ts';
import {discoverAccounts} from './discover.ts';
import {fetchQuota} from './fetch.ts';

/** Google Antigravity's pools: see docs/providers/google.md. */
export const google: Provider = {
  id: 'google',
  name: 'Google Antigravity',
  usageUrl: 'https://antigravity.google/',
  intervalSeconds: {default: 300, floor: 60},
  hosts: [...quotaHosts, 'oauth2.googleapis.com'],
  login: {
    secret: 'refresh token',
    fields: [
      {name: 'projectId', label: 'Google Cloud project id', required: false},
      {name: 'accountsFile', label: 'Accounts file to read instead of a token', required: false},
      {name: 'clientId', label: 'OAuth client id', required: false},
      {name: 'clientSecret', label: 'OAuth client secret', required: false, secret: true},
    ],
  },
  discover: discoverAccounts,
  fetch: fetchQuota,
};
