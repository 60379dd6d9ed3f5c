import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {arkcli, id, identityFiles, pathOnWindows, paths, settingFiles, usageUrl} from './program.ts';
import {words} from './words.ts';

/** Limits of Volcengine Ark's plans, as its own program tells them: see docs/providers/volcengine.md. */
export const volcengine: Provider = lazyProvider(
  {
    id,
    name: 'Volcengine',
    usageUrl,
    intervalSeconds: {default: 300, floor: 120, byHand: 60},
    hosts: [],
    sends: 'nothing: arkcli asks the service itself',
    windowIds: [...['5h', 'weekly', 'monthly'], ...['agent/<length>', 'coding-team/<length>', 'agent-team/<length>']],
    places: [
      {
        name: arkcli.name,
        variables: ['ARKCLI_PATH'],
        programs: [arkcli.name],
        files: [
          ...paths,
          `$APPDATA/${pathOnWindows}`,
          ...identityFiles.map(file => `~/.arkcli/identities/*/${file}`),
          ...settingFiles.map(file => `~/.arkcli/${file}`),
        ],
        note: 'the program, and a login of it',
      },
    ],
    pathVariables: ['ARKCLI_PATH'],
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchUsage,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
