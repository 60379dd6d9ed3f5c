import type {DemoService} from '../../core/provider.ts';

const key = 'demo-nanogpt-0123456789';
const day = 86_400_000;

/** NanoGPT: half of the week's tokens, a few images, and a small balance. */
export const demo: DemoService = {
  files: () => ({'.local/share/opencode/auth.json': JSON.stringify({'nano-gpt': {type: 'api', key}})}),
  answer({method, path, headers}, now) {
    const isKey = headers.authorization === `Bearer ${key}` || headers['x-api-key'] === key;
    const answers: Record<string, unknown> = {
      'GET /api/subscription/v1/usage': usageAt(now),
      'POST /api/check-balance': {usd_balance: '6.18', nano_balance: '1.2'},
    };
    const name = `${method} ${path}`;
    if (!Object.hasOwn(answers, name)) return {status: 404, body: {error: 'Not Found'}};
    return isKey ? {status: 200, body: answers[name]} : {status: 401, body: {error: 'Invalid API key'}};
  },
};

function usageAt(now: number) {
  const midnight = (Math.floor(now / day) + 1) * day;
  const monday = (Math.floor((now / day + 3) / 7) + 1) * 7 * day - 3 * day;
  return {
    ...{active: true, state: 'active', dailyInputTokens: null},
    limits: {weeklyInputTokens: 60_000_000, dailyInputTokens: null, dailyImages: 100},
    weeklyInputTokens: {used: 31_420_600, remaining: 28_579_400, percentUsed: 0.5236767, resetAt: monday},
    dailyImages: {used: 14, remaining: 86, percentUsed: 0.14, resetAt: midnight},
  };
}
