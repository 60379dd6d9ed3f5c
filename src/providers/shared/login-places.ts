import type {LoginPlace} from '../../core/login-place.ts';

/** Places that several providers look at, in the words of docs/providers/. */

export const storedPlace: LoginPlace = {name: 'mystatus-tui login', stored: true};
export const opencodePlace = (ids: readonly string[]): LoginPlace => ({
  name: 'opencode',
  variables: ['OPENCODE_AUTH_CONTENT', 'OPENCODE_DB'],
  files: inOpencodeData('opencode*.db', 'auth.json'),
  note: `in each of them under ${ids.join(', ')}`,
});
/** Variables that say where opencode keeps its configuration. */
export const opencodePathVariables = ['OPENCODE_CONFIG_DIR', 'OPENCODE_CONFIG'] as const;
/** The same for every place of keys that many tools share. */
export const keyPathVariables = [...opencodePathVariables, 'CLAUDE_CONFIG_DIR'] as const;

/** Files in the directories of opencode's data. */
export const inOpencodeData = (...files: string[]): string[] =>
  inEach(['$XDG_DATA_HOME/opencode', '~/.local/share/opencode', '~/Library/Application Support/opencode'], ...files);

/** A file in the directories of opencode's configuration. */
export const inOpencodeConfig = (file: string): string[] =>
  ['$OPENCODE_CONFIG_DIR', '$XDG_CONFIG_HOME/opencode', '~/.config/opencode'].map(directory => `${directory}/${file}`);

/** The same path below each of the roots. */
export const inEach = (roots: readonly string[], ...files: string[]): string[] =>
  roots.flatMap(root => files.map(file => `${root}/${file}`));
