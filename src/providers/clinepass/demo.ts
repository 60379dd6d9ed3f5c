import type {DemoService} from '../../core/provider.ts';

const hour = 3_600_000;
const day = 24 * hour;
const token = 'workos:demo-cline-access-token';

/** A ClinePass login of Cline, busy in these five hours, with some credits. */
export const demo: DemoService = {
  files: now => {
    const auth = {
      ...{
        accessToken: token,
        refreshToken: 'demo-cline-refresh-token',
        expiresAt: now + 3 * hour,
        accountId: 'usr-demo',
      },
      metadata: {userInfo: {email: 'user@example.com'}},
    };
    const providers = {cline: {settings: {auth}}};
    return {'.cline/data/settings/providers.json': JSON.stringify({version: 1, providers})};
  },
  answer({method, path, headers}, now) {
    const answers: Record<string, unknown> = {
      '/api/v1/users/me/plan/usage-limits': {limits: limits(now)},
      '/api/v1/users/usr-demo/balance': {userId: 'usr-demo', balance: 4_340_000},
    };
    if (method !== 'GET' || !Object.hasOwn(answers, path)) return {status: 404, body: {error: 'Not Found'}};
    if (headers.authorization !== `Bearer ${token}`)
      return {status: 401, body: {success: false, error: 'Please re-authenticate'}};
    return {status: 200, body: {success: true, data: answers[path]}};
  },
};

const limits = (now: number) => [
  {type: 'five_hour', percentUsed: 68.5, resetsAt: new Date(now + 1.6 * hour).toISOString()},
  {type: 'weekly', percentUsed: 41, resetsAt: new Date(now + 4.2 * day).toISOString()},
  {type: 'monthly', percentUsed: 22.75, resetsAt: new Date(now + 19 * day).toISOString()},
];
