import type {OwnKeySite} from '../shared/own-keys.ts';

export const host = 'www.codebuff.com';
export const place = 'Codebuff';
/** In the home directory, on every platform; the program was called Manicode once. */
export const credentialsFile = '.config/manicode/credentials.json';
export const site = {id: 'codebuff', variables: ['CODEBUFF_API_KEY']} as const satisfies OwnKeySite;
