import type {DemoService} from '../../core/provider.ts';

/** One login from an editor: a Pro plan, a third of its credits used. */
export const demo: DemoService = {
  files: () => ({
    '.config/github-copilot/apps.json': JSON.stringify({
      'github.com:Iv1.demo': {user: 'octocat', oauth_token: 'ghu_demo', githubAppId: 'Iv1.demo'},
    }),
  }),
  answer({path}, now) {
    if (path.split('?')[0] !== '/copilot_internal/user') return {status: 404, body: {message: 'Not Found'}};
    return {status: 200, body: userAt(now)};
  },
};

function userAt(now: number) {
  const reset = nextMonthStart(now);
  return {
    login: 'octocat',
    access_type_sku: 'monthly_subscriber_quota',
    copilot_plan: 'individual',
    chat_enabled: true,
    organization_login_list: [],
    token_based_billing: true,
    quota_reset_date: reset.slice(0, 10),
    quota_reset_date_utc: reset,
    quota_snapshots: {
      chat: unlimited('chat'),
      completions: unlimited('completions'),
      premium_interactions: {
        quota_id: 'premium_interactions',
        entitlement: 1500,
        remaining: 988,
        quota_remaining: 988.75,
        percent_remaining: 65.9,
        unlimited: false,
        has_quota: true,
        overage_count: 0,
        overage_permitted: false,
        credits_used: 511,
        token_based_billing: true,
        quota_reset_at: 0,
      },
    },
  };
}

const unlimited = (name: string) => ({
  quota_id: name,
  entitlement: 0,
  remaining: 0,
  quota_remaining: 0,
  percent_remaining: 100,
  unlimited: true,
  has_quota: false,
  overage_count: 0,
  overage_permitted: false,
  credits_used: 0,
  token_based_billing: true,
  quota_reset_at: 0,
});

function nextMonthStart(now: number): string {
  const date = new Date(now);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)).toISOString();
}
