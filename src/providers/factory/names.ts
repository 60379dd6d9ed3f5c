import type {Remedy} from '../../core/model.ts';
import type {OwnKeySite} from '../shared/own-keys.ts';

export const host = 'api.factory.ai';
export const variable = 'FACTORY_API_KEY';
export const site = {id: 'factory', variables: [variable]} as const satisfies OwnKeySite;

/** Where logins are looked for beside the usual places, by name. */
export const places = {envFile: 'Factory environment file', droid: 'Droid'} as const;
/** Droid's own files, in the home directory on every platform. */
export const files = {env: '.factory/.env', login: '.factory/auth.v2.file', key: '.factory/auth.v2.key'} as const;

export const runDroid: Remedy = {code: 'run', command: 'droid'};
