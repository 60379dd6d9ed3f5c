/** What Antigravity itself asks comes first; the last one does not know how the Gemini pool stands. */
export const quotaHosts = [
  'daily-cloudcode-pa.googleapis.com',
  'daily-cloudcode-pa.sandbox.googleapis.com',
  'cloudcode-pa.googleapis.com',
] as const;

/** opencode's login for Google, and those of the plugins that keep one under a name of their own. */
export const opencodeIds: readonly string[] = ['google', 'google-agy', 'opencode-agy-auth', 'google-agy-auth'];
