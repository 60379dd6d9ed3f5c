import type {Provider} from '../../core/provider.ts';
import {inAppDirectory} from '../shared/app-directories.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {storedPlace} from '../shared/login-places.ts';
import {host, id, places} from './names.ts';
import {words} from './words.ts';

/** What a Cursor plan includes, and what it may cost on top: docs/providers/cursor.md */
export const cursor: Provider = lazyProvider(
  {
    id,
    name: 'Cursor',
    usageUrl: 'https://cursor.com/dashboard?tab=usage',
    intervalSeconds: {default: 300, floor: 60},
    hosts: [host],
    windowIds: ['monthly', 'auto/monthly', 'api/monthly', 'on-demand/monthly', '<length>', '<pool>/<length>'],
    places: [
      storedPlace,
      {
        name: places.ide,
        variables: ['CURSOR_STATE_DB'],
        files: inAppDirectory('Cursor', 'User/globalStorage/state.vscdb'),
      },
      {
        name: places.cli,
        files: [
          ...['$XDG_CONFIG_HOME/cursor', '~/.config/cursor', '$APPDATA/Cursor', '~/.cursor'].map(
            each => `${each}/auth.json`,
          ),
          '~/.cursor/cli-config.json',
        ],
      },
    ],
    login: {secret: 'access token', fields: []},
    pathVariables: ['CURSOR_STATE_DB'],
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchUsage,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
