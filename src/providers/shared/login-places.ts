import type {LoginPlace} from '../../core/provider.ts';

/** Places that several providers look at, in the words of docs/providers/. */

export const storedPlace: LoginPlace = {name: 'mystatus-tui login', where: ['what it stored']};

const dataDirectory = '$XDG_DATA_HOME/opencode or ~/.local/share/opencode';
export const opencodePlace = (ids: readonly string[]): LoginPlace => ({
  name: 'opencode',
  where: [
    'OPENCODE_AUTH_CONTENT',
    `OPENCODE_DB, else opencode.db in ${dataDirectory}`,
    'auth.json beside it',
    `in each of them under ${ids.join(', ')}`,
  ],
});

/** Directories of opencode's configuration. */
export const opencodeConfigPlaces: readonly string[] = [
  '$OPENCODE_CONFIG_DIR',
  '$XDG_CONFIG_HOME/opencode',
  '~/.config/opencode',
];
