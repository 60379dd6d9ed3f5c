import type {DemoService} from '../../core/provider.ts';

const hour = 3_600_000;
const token = 'demo-claude-access-token';
const accountUuid = '00000000-0000-4000-8000-000000000001';

/** Claude Max. Claude Code asked a moment ago, whenever that is looked at; the service says the same to those who may ask it. */
export const demo: DemoService = {
  files: now => ({
    '.claude/.credentials.json': JSON.stringify({
      claudeAiOauth: {
        accessToken: token,
        refreshToken: 'demo-claude-refresh-token',
        expiresAt: now + 8 * hour,
        scopes: ['user:inference', 'user:profile'],
        subscriptionType: 'max',
        rateLimitTier: 'default_claude_max_5x',
      },
    }),
    '.claude.json': JSON.stringify({
      oauthAccount: {accountUuid, emailAddress: 'user@example.com'},
      cachedUsageUtilization: {fetchedAtMs: now + hour, accountUuid, utilization: usage(now)},
    }),
  }),
  answer({method, path, headers}, now) {
    if (method !== 'GET' || path !== '/api/oauth/usage') return {status: 404, body: {error: {type: 'not_found_error'}}};
    if (headers.authorization !== `Bearer ${token}` || headers['anthropic-beta'] === undefined)
      return {status: 401, body: {type: 'error', error: {type: 'authentication_error', message: 'invalid token'}}};
    return {status: 200, body: usage(now)};
  },
};

function usage(now: number): object {
  const at = (hours: number): string => new Date(now + hours * hour).toISOString();
  const row = (kind: string, group: string, percent: number, hours: number, scope: object | null = null) => ({
    kind,
    group,
    percent,
    severity: 'normal',
    resets_at: at(hours),
    scope,
    is_active: kind === 'session',
  });
  return {
    five_hour: {utilization: 38, resets_at: at(2.4)},
    seven_day: {utilization: 57, resets_at: at(61)},
    seven_day_opus: null,
    limits: [
      row('session', 'session', 38, 2.4),
      row('weekly_all', 'weekly', 57, 61),
      row('weekly_scoped', 'weekly', 24, 61, {model: {id: null, display_name: 'Opus'}, surface: null}),
    ],
    extra_usage: {is_enabled: false, monthly_limit: null, used_credits: null, utilization: null},
  };
}
