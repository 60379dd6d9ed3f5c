import type {DemoAnswer, DemoService} from '../../core/provider.ts';

const key = 'demo-zenmux-management-0123456789';
const hour = 3_600_000;

/** ZenMux: the smaller plan, busy in these five hours, and money beside it. */
export const demo: DemoService = {
  files: () => ({}),
  env: {ZENMUX_MANAGEMENT_API_KEY: key},
  answer({method, path, headers}, now) {
    const answers: Record<string, object> = {
      '/api/v1/management/subscription/detail': plan(now),
      '/api/v1/management/payg/balance': {
        currency: 'usd',
        total_credits: 12.74,
        top_up_credits: 5,
        bonus_credits: 7.74,
      },
    };
    const data = method === 'GET' && Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (data === undefined) return refusal(404, 'Not Found');
    return headers.authorization === `Bearer ${key}`
      ? {status: 200, body: {success: true, data}}
      : refusal(403, 'A management key is required');
  },
};

const refusal = (status: number, message: string): DemoAnswer => ({status, body: {success: false, error: {message}}});

const plan = (now: number) => ({
  plan: {tier: 'pro', amount_usd: 20, interval: 'month', expires_at: at(now + 400 * hour)},
  currency: 'usd',
  account_status: 'healthy',
  quota_5_hour: quota(50, 36.5, at(now + 2.2 * hour)),
  quota_7_day: quota(386, 158.26, at(now + 70 * hour)),
  quota_monthly: {max_flows: 1536, max_value_usd: 50.42},
});

const at = (time: number): string => new Date(time).toISOString();

const quota = (most: number, used: number, resets_at: string) => ({
  ...{usage_percentage: used / most, resets_at},
  ...{max_flows: most, used_flows: used, remaining_flows: most - used},
});
