import type {OwnKeySite} from '../shared/own-keys.ts';

export const host = 'api.openai.com';

export const site = {
  id: 'openai-api',
  variables: ['OPENAI_ADMIN_KEY'],
  // Keys for models and tokens of Codex may not see what an organization spends.
  isForeign: key => !key.startsWith('sk-admin-'),
} as const satisfies OwnKeySite;
