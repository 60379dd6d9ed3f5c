import type {Provider} from '../../core/provider.ts';
import {opencodeConfigPlaces, opencodePlace, storedPlace} from '../shared/login-places.ts';
import {opencodeIds, quotaHosts} from './names.ts';
import {words} from './words.ts';

/** Google Antigravity's pools: see docs/providers/google.md. */
export const google: Provider = {
  id: 'google',
  name: 'Google Antigravity',
  usageUrl: 'https://antigravity.google/',
  intervalSeconds: {default: 300, floor: 60},
  hosts: [...quotaHosts, 'oauth2.googleapis.com'],
  places: [
    storedPlace,
    {name: 'antigravity-accounts.json', where: [...opencodeConfigPlaces, 'opencode’s data directories']},
    opencodePlace(opencodeIds),
    {name: 'CodexBar', where: ['~/.codexbar/antigravity/oauth_creds.json']},
    {name: 'Antigravity and agy', where: ['their token files below $GEMINI_HOME, $GEMINI_CLI_HOME or ~/.gemini']},
    {name: 'the agy command', where: ['if nothing else is found']},
  ],
  login: {
    secret: 'refresh token',
    fields: [
      {name: 'projectId', label: 'Google Cloud project ID', required: false},
      {name: 'accountsFile', label: 'Accounts file to read instead of a token', required: false},
      {name: 'clientId', label: 'OAuth client ID', required: false},
      {name: 'clientSecret', label: 'OAuth client secret', required: false, secret: true},
    ],
  },
  pathVariables: ['GEMINI_HOME', 'GEMINI_CLI_HOME'],
  words,
  discover: async machine => (await import('./discover.ts')).discoverAccounts(machine),
  fetch: async (account, wire) => (await import('./fetch.ts')).fetchQuota(account, wire),
  demo: async () => (await import('./demo.ts')).demo,
};
