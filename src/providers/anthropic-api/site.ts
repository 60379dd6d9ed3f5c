import type {OwnKeySite} from '../shared/own-keys.ts';

export const host = 'api.anthropic.com';

export const site = {
  id: 'anthropic-api',
  variables: ['ANTHROPIC_ADMIN_KEY'],
  // Keys for models and tokens of Claude Code may not see what an organization spends.
  isForeign: key => !key.startsWith('sk-ant-admin'),
} as const satisfies OwnKeySite;
