import type {Provider} from '../../core/provider.ts';
import {inAppDirectory} from '../shared/app-directories.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {inEach, storedPlace} from '../shared/login-places.ts';
import {credentialsFile, directories, id, places, servers, stateFile} from './names.ts';

const inEditors = (names: readonly string[]): string[] => names.flatMap(name => inAppDirectory(name, stateFile));

/** Quotas of Devin and Windsurf: docs/providers/devin.md */
export const devin: Provider = lazyProvider(
  {
    id,
    name: 'Devin / Windsurf',
    usageUrl: 'https://app.devin.ai',
    intervalSeconds: {default: 300, floor: 60},
    hosts: Object.values(servers),
    windowIds: ['1d', 'weekly'],
    places: [
      storedPlace,
      {name: places.cli, files: inEach(['$XDG_DATA_HOME', '~/.local/share', '$APPDATA'], credentialsFile)},
      {name: places.windsurf, files: inEditors(directories.windsurf)},
      {name: places.devin, files: inEditors(directories.devin)},
    ],
    login: {
      secret: 'session token',
      fields: [{name: 'product', label: 'product', required: false, values: Object.keys(servers)}],
    },
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchStatus,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
