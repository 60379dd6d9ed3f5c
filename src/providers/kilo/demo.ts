import type {DemoService} from '../../core/provider.ts';

const token = 'demo-kilo-access-token';
const day = 86_400_000;
const passPath = '/api/trpc/kiloPass.getState?batch=1&input=%7B%220%22%3Anull%7D';

/** Kilo Code: most of a pass, and some dollars beside it. */
export const demo: DemoService = {
  files: now => {
    const kilo = {type: 'oauth', access: token, refresh: 'demo-kilo-refresh-token', expires: now + 90 * day};
    return {'.local/share/kilo/auth.json': JSON.stringify({kilo})};
  },
  answer({method, path, headers}, now) {
    const answers: Record<string, unknown> = {
      '/api/profile/balance': {balance: 8.42, isDepleted: false},
      [passPath]: [{result: {data: {subscription: pass(now)}}}],
    };
    if (method !== 'GET' || !Object.hasOwn(answers, path)) return {status: 404, body: {error: 'Not Found'}};
    if (headers.authorization !== `Bearer ${token}`)
      return {status: 401, body: {success: false, error: 'Invalid API token'}};
    return {status: 200, body: answers[path]};
  },
};

function pass(now: number) {
  const refillAt = new Date(now + 13 * day).toISOString();
  return {
    ...{tier: 'tier_49', cadence: 'monthly', status: 'active', nextBillingAt: refillAt, refillAt},
    ...{currentPeriodBaseCreditsUsd: 49, currentPeriodUsageUsd: 38.6, currentPeriodBonusCreditsUsd: 9.8},
    isBonusUnlocked: false,
  };
}
