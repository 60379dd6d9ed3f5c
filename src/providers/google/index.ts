import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {
  inEach,
  inOpencodeConfig,
  inOpencodeData,
  opencodePathVariables,
  opencodePlace,
  storedPlace,
} from '../shared/login-places.ts';
import {agyFiles, agyPaths, opencodeIds, places, quotaHosts} from './names.ts';
import {words} from './words.ts';

/** Google Antigravity's pools: see docs/providers/google.md. */
export const google: Provider = lazyProvider(
  {
    id: 'google',
    name: 'Google Antigravity',
    usageUrl: 'https://antigravity.google/',
    intervalSeconds: {default: 300, floor: 60},
    hosts: [...quotaHosts, 'oauth2.googleapis.com'],
    sends: 'refresh token and OAuth client; the access token made from them',
    inDemo: true,
    windowIds: ['gemini/5h', 'gemini/weekly', 'claude-gpt/5h', 'claude-gpt/weekly', '<pool>/<length>'],
    places: [
      storedPlace,
      {
        name: places.accountsFile,
        files: [...inOpencodeConfig(places.accountsFile), ...inOpencodeData(places.accountsFile)],
      },
      opencodePlace(opencodeIds),
      {name: places.codexBar, files: ['~/.codexbar/antigravity/oauth_creds.json']},
      {
        name: places.agyFiles,
        files: inEach(['$GEMINI_HOME', '$GEMINI_CLI_HOME', '~/.gemini'], ...agyFiles),
      },
      {
        name: places.agy,
        variables: ['AGY_BIN', 'ANTIGRAVITY_CLI_PATH'],
        programs: ['agy'],
        files: agyPaths,
        note: 'if nothing else is found',
      },
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
    options: [
      {name: 'clientId', description: 'The ID of your own OAuth client.'},
      {name: 'clientSecret', description: 'The secret of that client.', secret: true},
    ],
    pathVariables: [...opencodePathVariables, 'GEMINI_HOME', 'GEMINI_CLI_HOME'],
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discoverAccounts,
    fetch: async () => (await import('./fetch.ts')).fetchQuota,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
