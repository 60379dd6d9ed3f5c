import type {DemoService} from '../../core/provider.ts';

const key = 'cpk_demo-chutes-0123456789';
const hour = 3_600_000;
const at = (time: number): string => new Date(time).toISOString();

/** Chutes: a plan with a busy block, and some requests of the day. */
export const demo: DemoService = {
  files: () => ({'.local/share/opencode/auth.json': JSON.stringify({chutes: {type: 'api', key}})}),
  answer({method, path, headers}, now) {
    const answers: Record<string, unknown> = {
      '/users/me/subscription_usage': subscription(now),
      '/users/me/quota_usage/me': {quota: 5000, used: 1180.5},
      '/users/me': {username: 'demo', balance: 3.2},
    };
    if (method !== 'GET' || !Object.hasOwn(answers, path)) return {status: 404, body: {detail: 'Not Found'}};
    if (headers.authorization !== `Bearer ${key}`) return {status: 401, body: {detail: 'Invalid token.'}};
    return {status: 200, body: answers[path]};
  },
};

const subscription = (now: number) => ({
  ...{subscription: true, custom: false, monthly_price: 20},
  four_hour: {usage: 5.4, cap: 8.333333333333332, remaining: 2.933333333333332, reset_at: at(now + 1.4 * hour)},
  monthly: {usage: 38.1, cap: 100, remaining: 61.9, reset_at: at(now + 400 * hour)},
});
