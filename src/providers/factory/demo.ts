import type {DemoService} from '../../core/provider.ts';

const hour = 3_600_000;
const day = 24 * hour;
const key = 'fk-demo-factory-0123456789';

/** Factory: most of the week is used; the cheaper models have begun no five hours. Some money is left for more. */
export const demo: DemoService = {
  files: () => ({'.factory/.env': `export FACTORY_API_KEY="${key}"\n`}),
  answer({method, path, headers}, now) {
    const answers: Record<string, unknown> = {
      '/api/billing/limits': limits(now),
      '/api/app/auth/me': {
        organization: {subscription: {factoryTier: 'pro', orbSubscription: {plan: {name: 'Pro'}}}},
        userProfile: {email: 'user@example.com'},
      },
    };
    if (method !== 'GET' || !Object.hasOwn(answers, path)) return {status: 404, body: {detail: 'Not Found'}};
    if (headers.authorization !== `Bearer ${key}`) return {status: 401, body: {detail: 'Invalid API key'}};
    return {status: 200, body: answers[path]};
  },
};

function limits(now: number): object {
  const window = (usedPercent: number, leftMs: number | null) => ({
    usedPercent,
    windowEnd: leftMs === null ? null : new Date(now + leftMs).toISOString(),
    secondsRemaining: leftMs === null ? null : leftMs / 1000,
  });
  return {
    usesTokenRateLimitsBilling: true,
    limits: {
      standard: {fiveHour: window(31, 2.1 * hour), weekly: window(86, 1.6 * day), monthly: window(48, 17 * day)},
      core: {fiveHour: window(0, null), weekly: window(12, 1.6 * day), monthly: null},
    },
    ...{extraUsageBalanceCents: 1250, overagePreference: 'core', extraUsageAllowed: true},
  };
}
