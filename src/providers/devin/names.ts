export const id = 'devin';

/** The products that share the service, each with a server of its own. */
export const servers = {devin: 'server.codeium.com', windsurf: 'server.self-serve.windsurf.com'} as const;
export type Product = keyof typeof servers;

/** Where logins are looked for, by name. */
export const places = {cli: 'Devin CLI', windsurf: 'Windsurf', devin: 'Devin app'} as const;
/** The editors' own directories, by what each keeps its logins of. */
export const directories = {windsurf: ['Windsurf', 'Windsurf - Next'], devin: ['Devin']} as const;
export const stateFile = 'User/globalStorage/state.vscdb';
export const credentialsFile = 'devin/credentials.toml';
