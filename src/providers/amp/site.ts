import type {OwnKeySite} from '../shared/own-keys.ts';

export const host = 'ampcode.com';
export const place = 'Amp';
/** In the home directory, on every platform. */
export const secretsFile = '.local/share/amp/secrets.json';

export const site = {
  id: 'amp',
  variables: ['AMP_API_KEY'],
  // A product of another company calls its variable the same.
  isForeign: key => !key.startsWith('sgamp_'),
} as const satisfies OwnKeySite;
