export const id = 'claude';
/** Names of the places where logins are found, and of their sources. */
export const places = {claudeCode: 'Claude Code', opencode: 'opencode', environment: 'environment'} as const;
export const variable = 'CLAUDE_CODE_OAUTH_TOKEN';
export const opencodeIds = ['anthropic'] as const;

/** What the usage endpoint wants; other logins are for inference alone. */
export const usageScope = 'user:profile';
/** The setting that allows requests. */
export const live = 'live';
