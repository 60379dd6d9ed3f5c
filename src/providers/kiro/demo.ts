import type {DemoService} from '../../core/provider.ts';

const hour = 3_600_000;
const day = 24 * hour;
const token = 'demo-kiro-access-token';

/** A Kiro Pro login of the editor: most of the month's credits are used, and there is a gift. */
export const demo: DemoService = {
  files: now => ({
    '.aws/sso/cache/kiro-auth-token.json': JSON.stringify({
      ...{accessToken: token, refreshToken: 'demo-kiro-refresh-token', authMethod: 'social', provider: 'Github'},
      expiresAt: new Date(now + 3 * hour).toISOString(),
    }),
  }),
  answer({method, path, headers}, now) {
    if (method !== 'GET' || path.split('?')[0] !== '/getUsageLimits')
      return {status: 404, body: {__type: 'com.amazon.coral.service#UnknownOperationException'}};
    if (headers.authorization !== `Bearer ${token}`)
      return {status: 403, body: {message: 'The bearer token included in the request is invalid.'}};
    return {status: 200, body: usage(now)};
  },
};

function usage(now: number) {
  const date = new Date(now);
  const nextDateReset = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 1000;
  const credit = {
    resourceType: 'CREDIT',
    ...{currency: 'USD', currentUsage: 713, currentUsageWithPrecision: 713.4, usageLimit: 1000},
    ...{currentOverages: 0, overageCap: 10_000, overageCharges: 0, nextDateReset, freeTrialInfo: null},
    bonuses: [
      {displayName: 'Welcome', status: 'ACTIVE', currentUsage: 20, usageLimit: 100, expiresAt: (now + 9 * day) / 1000},
    ],
  };
  return {
    ...{limits: [], nextDateReset, overageConfiguration: {overageStatus: 'DISABLED'}, usageBreakdownList: [credit]},
    subscriptionInfo: {subscriptionTitle: 'KIRO PRO', type: 'Q_DEVELOPER_STANDALONE_PRO'},
  };
}
