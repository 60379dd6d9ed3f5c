import type {Remedy} from '../../core/model.ts';

/** What Antigravity itself asks comes first; the last one does not know how the Gemini pool stands. */
export const quotaHosts = [
  'daily-cloudcode-pa.googleapis.com',
  'daily-cloudcode-pa.sandbox.googleapis.com',
  'cloudcode-pa.googleapis.com',
] as const;

/** opencode's login for Google, and those of the plugins that keep one under a name of their own. */
export const opencodeIds: readonly string[] = ['google', 'google-agy', 'opencode-agy-auth', 'google-agy-auth'];

/** Where logins are looked for, by name. */
export const places = {
  accountsFile: 'antigravity-accounts.json',
  opencode: 'opencode',
  codexBar: 'CodexBar',
  agyFiles: 'Antigravity and agy',
  agy: 'the agy command',
} as const;
/** Token files of Antigravity and agy, below Gemini's directories. */
export const agyFiles = [
  'antigravity-cli/antigravity-oauth-token',
  'jetski-standalone-oauth-token',
  'antigravity-acp/acp_token.json',
  'antigravity/acp/acp_token.json',
];
/** Where installers put `agy` when a terminal was started without it on its PATH. */
export const agyPaths: readonly string[] = ['~/.local/bin/agy', '/opt/homebrew/bin/agy', '/usr/local/bin/agy'];

export const signIn: Remedy = {code: 'sign-in', name: 'Google', command: 'opencode auth login'};
export const signInToAgy: Remedy = {code: 'sign-in', name: 'Antigravity', command: 'agy'};
export const openAntigravity: Remedy = {code: 'open', name: 'Antigravity'};
// The first version that says how the limits stand.
export const updateAgy: Remedy = {code: 'update', name: 'agy', version: '1.1.11'};
