import type {Provider} from '../../core/provider.ts';
import {inEach, inOpencodeConfig, opencodePathVariables, opencodePlace, storedPlace} from '../shared/login-places.ts';
import {agyFiles, opencodeIds, places, quotaHosts} from './names.ts';
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
    {
      name: places.accountsFile,
      files: inOpencodeConfig(places.accountsFile),
      note: 'the same file in opencode’s data directories',
    },
    opencodePlace(opencodeIds),
    {name: places.codexBar, files: ['~/.codexbar/antigravity/oauth_creds.json']},
    {
      name: places.agyFiles,
      files: inEach(['$GEMINI_HOME', '$GEMINI_CLI_HOME', '~/.gemini'], ...agyFiles),
    },
    {name: places.agy, programs: ['agy'], note: 'if nothing else is found'},
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
  pathVariables: [...opencodePathVariables, 'GEMINI_HOME', 'GEMINI_CLI_HOME'],
  words,
  discover: async (machine, only) => (await import('./discover.ts')).discoverAccounts(machine, only),
  fetch: async (account, wire) => (await import('./fetch.ts')).fetchQuota(account, wire),
  demo: async () => (await import('./demo.ts')).demo,
};
