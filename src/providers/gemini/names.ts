export const id = 'gemini';
export const host = 'cloudcode-pa.googleapis.com';

/** Sign-ins of this service in opencode. Under `google` stands one of Antigravity, which another provider reads. */
export const opencodeIds = ['google-gemini-cli', 'gemini-cli', 'opencode-gemini-auth', 'gemini'] as const;
/** The first counts only where the second says that it is for this service. */
export const variables = ['GOOGLE_CLOUD_ACCESS_TOKEN', 'GOOGLE_GENAI_USE_GCA', 'GEMINI_ACCESS_TOKEN'] as const;
export const projectVariables = ['GOOGLE_CLOUD_PROJECT', 'GOOGLE_CLOUD_PROJECT_ID'] as const;

/** Where logins are looked for, by name. */
export const places = {environment: 'environment', opencode: 'opencode', cli: 'Gemini CLI'} as const;
/** Files of the command line: the login, who signed in, and in which way. */
export const cliFiles = ['oauth_creds.json', 'google_accounts.json', 'settings.json'] as const;
