import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {inEach, opencodePlace, storedPlace} from '../shared/login-places.ts';
import {cliFiles, host, id, opencodeIds, places, projectVariables, variables} from './names.ts';
import {words} from './words.ts';

/** Requests a day of Gemini Code Assist, which still serves companies: docs/providers/gemini.md */
export const gemini: Provider = lazyProvider(
  {
    id,
    name: 'Gemini Code Assist',
    usageUrl: 'https://console.cloud.google.com',
    intervalSeconds: {default: 300, floor: 60},
    hosts: [host],
    sends: 'access token, project ID',
    windowIds: ['pro/1d', 'flash/1d', 'flash-lite/1d', '<model>/1d'],
    places: [
      {
        name: places.environment,
        variables,
        note: `the project: ${projectVariables.join(', ')}`,
      },
      storedPlace,
      {name: places.cli, files: inEach(['$GEMINI_CLI_HOME/.gemini', '~/.gemini'], ...cliFiles)},
      opencodePlace(opencodeIds),
    ],
    login: {
      secret: 'access token',
      fields: [{name: 'projectId', label: 'Google Cloud project ID', required: false}],
    },
    pathVariables: ['GEMINI_CLI_HOME'],
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchQuota,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
