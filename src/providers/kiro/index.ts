import type {Provider} from '../../core/provider.ts';
import {inAppDirectory} from '../shared/app-directories.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {inEach, storedPlace} from '../shared/login-places.ts';
import {editorFiles, hostIn, id, places, regions, tokenFile} from './names.ts';
import {words} from './words.ts';

const otherFiles = (directory: string): string[] =>
  inEach(['~/Library/Application Support', '$APPDATA'], `${directory}/data.sqlite3`);

/** Credits of a Kiro plan, and requests of Amazon Q Developer: docs/providers/kiro.md */
export const kiro: Provider = lazyProvider(
  {
    id,
    name: 'Kiro',
    usageUrl: 'https://app.kiro.dev',
    intervalSeconds: {default: 300, floor: 60},
    hosts: regions.map(hostIn),
    sends: 'access token, profile ARN',
    windowIds: [
      ...['monthly', 'overage/monthly', 'trial/total', 'bonus/total'],
      ...['agentic/monthly', 'vibe/monthly', 'spec/monthly'],
    ],
    places: [
      storedPlace,
      {
        name: places.ide,
        files: [`~/${tokenFile}`, ...inAppDirectory('Kiro', ...editorFiles)],
      },
      {
        name: places.cli,
        variables: ['KIROCLI_DB_PATH'],
        files: [
          ...inEach(['$KIRO_DATA_DIR', '$XDG_DATA_HOME', '~/.local/share'], 'kiro-cli/data.sqlite3'),
          ...otherFiles('kiro-cli'),
        ],
      },
      {
        name: places.amazonQ,
        files: [...inEach(['$XDG_DATA_HOME', '~/.local/share'], 'amazon-q/data.sqlite3'), ...otherFiles('amazon-q')],
        note: 'if Kiro CLI has no login',
      },
    ],
    login: {secret: 'access token', fields: [{name: 'profileArn', label: 'profile ARN', required: false}]},
    pathVariables: ['KIROCLI_DB_PATH', 'KIRO_DATA_DIR'],
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchUsage,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
