import type {DemoService} from '../../core/provider.ts';

const day = 86_400_000;
const authToken = 'demo-codebuff-token';

/** Codebuff: a good part of the month's credits is used, and a third of the week's. */
export const demo: DemoService = {
  files: () => ({
    '.config/manicode/credentials.json': JSON.stringify({default: {authToken, email: 'user@example.com'}}),
  }),
  answer({method, path, headers}, now) {
    const answers: Record<string, object> = {
      'POST /api/v1/usage': {
        ...{usage: 2650, quota: 4000, remainingBalance: 1350, autoTopupEnabled: false},
        next_quota_reset: new Date(now + 13 * day).toISOString(),
      },
      'GET /api/user/subscription': {
        subscription: {displayName: 'Pro', status: 'active', billingPeriodEnd: new Date(now + 13 * day).toISOString()},
        rateLimit: {weeklyUsed: 2310, weeklyLimit: 7000, weeklyResetsAt: new Date(now + 3.4 * day).toISOString()},
      },
    };
    const answer = answers[`${method} ${path}`];
    if (answer === undefined) return {status: 404, body: {error: 'Not Found'}};
    if (headers.authorization !== `Bearer ${authToken}`) return {status: 401, body: {message: 'Unauthorized'}};
    return {status: 200, body: answer};
  },
};
