import type {LoginPlace} from '../../core/login-place.ts';
import type {KeySite} from '../shared/keys.ts';
import {storedPlace} from '../shared/login-places.ts';

const variables = ['ZENMUX_MANAGEMENT_API_KEY', 'ZENMUX_MANAGEMENT_KEY'] as const;

export const site: KeySite & {url: string} = {
  id: 'zenmux',
  url: 'https://zenmux.ai',
  hosts: ['zenmux.ai'],
  opencodeIds: [],
  inEnvironment: env => variables.map(source => ({source, key: env[source]})),
};

/** Other tools hold keys for models, which this is not for. */
export const places: readonly LoginPlace[] = [
  {name: 'environment', variables, note: 'management keys; a key for models is refused'},
  storedPlace,
];
