import type {DemoService} from '../../core/provider.ts';

const hour = 3_600_000;
const day = 24 * hour;
const token = 'demo-grok-access-token';

/** A SuperGrok login of Grok Build in the middle of its week, with some money paid in advance. */
export const demo: DemoService = {
  files: now => ({
    '.grok/auth.json': JSON.stringify({
      'https://auth.x.ai::00000000-0000-0000-0000-000000000000': {
        ...{key: token, refresh_token: 'demo-grok-refresh-token', auth_mode: 'oidc', email: 'user@example.com'},
        ...{user_id: 'user-demo', expires_at: new Date(now + 6 * hour).toISOString()},
      },
    }),
  }),
  answer({method, path, headers}, now) {
    if (method !== 'GET' || path !== '/v1/billing?format=credits' || headers['x-xai-token-auth'] === undefined)
      return {status: 404, body: {error: 'Not Found'}};
    if (headers.authorization !== `Bearer ${token}`) return {status: 401, body: {error: 'Unauthorized'}};
    return {status: 200, body: {config: billing(now), subscriptionTier: 'SuperGrok'}};
  },
};

function billing(now: number) {
  const end = now + 3.4 * day;
  return {
    currentPeriod: {
      type: 'USAGE_PERIOD_TYPE_WEEKLY',
      start: new Date(end - 7 * day).toISOString(),
      end: new Date(end).toISOString(),
    },
    creditUsagePercent: 47.5,
    productUsage: [
      {product: 'GrokBuild', usagePercent: 41},
      {product: 'GrokImagine', usagePercent: 6.5},
    ],
    ...{onDemandCap: {val: 2500}, onDemandUsed: {}, prepaidBalance: {val: 1250}, isUnifiedBillingUser: true},
  };
}
