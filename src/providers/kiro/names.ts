export const id = 'kiro';

/** Regions in which the service answers; a host of any other would be a guess. */
export const regions: readonly string[] = ['us-east-1', 'eu-central-1'];
export const hostIn = (region: string): string => `q.${region}.amazonaws.com`;

/** Where logins are looked for, by name. */
export const places = {ide: 'Kiro IDE', cli: 'Kiro CLI', amazonQ: 'Amazon Q CLI'} as const;

/** The editor's login, in the home directory on every platform. */
export const tokenFile = '.aws/sso/cache/kiro-auth-token.json';
/** Among the editor's own files: the profile, and the figures that it noted. */
export const editorFiles = [
  'User/globalStorage/kiro.kiroagent/profile.json',
  'User/globalStorage/state.vscdb',
] as const;
