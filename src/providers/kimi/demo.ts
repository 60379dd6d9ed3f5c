import type {DemoAnswer, DemoRequest, DemoService} from '../../core/provider.ts';

const key = 'demo-kimi-0123456789';
const token = 'demo-kimi-global-0123456789';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const config = `[providers.kimi]\nbase_url = "https://api.kimi.com/coding/v1"\napi_key = "${key}"\n`;

function answered({method, path, headers}: DemoRequest, secret: string, body: object): DemoAnswer {
  if (method !== 'GET' || path !== '/coding/v1/usages')
    return {
      status: 404,
      body: {error: {message: 'The requested resource was not found', type: 'resource_not_found_error'}},
    };
  if (headers.authorization !== `Bearer ${secret}`)
    return {status: 401, body: {error: {message: 'Invalid Authentication', type: 'invalid_authentication_error'}}};
  return {status: 200, body};
}

const at = (ms: number): string => new Date(ms).toISOString();

/** Counts of requests, and extra usage with a cap. */
const membership = (now: number) => ({
  user: {membership: {level: 'LEVEL_INTERMEDIATE'}},
  usage: {limit: '2048', used: '1311', remaining: '737', resetTime: at(now + 3 * day + 4 * hour)},
  limits: [
    {
      window: {duration: 300, timeUnit: 'TIME_UNIT_MINUTE'},
      detail: {limit: '200', used: '46', remaining: '154', resetTime: at(now + 2 * hour + 10 * minute)},
    },
  ],
  boosterWallet: {
    status: 'STATUS_ACTIVE',
    balance: {type: 'BOOSTER', amount: '20000000000', amountLeft: '12000000000', unit: 'UNIT_CURRENCY'},
    monthlyChargeLimitEnabled: true,
    monthlyChargeLimit: {currency: 'CNY', priceInCents: '20000'},
    monthlyUsed: {currency: 'CNY', priceInCents: '8000'},
  },
});

/** Shares of pools, as newer plans have them. */
const pools = (now: number) => ({
  user: {membership: {level: 'LEVEL_STANDARD'}},
  limits: [],
  usages: {
    limit_5h: {used_ratio: 0.12, reset_time: at(now + 3 * hour)},
    limit_7d: {used_ratio: 0.41, reset_time: at(now + 5 * day)},
    limit_month_total: {used_ratio: 0.66, reset_time: at(now + 19 * day)},
    limit_month_code: {used_ratio: 0.5, reset_time: at(now + 19 * day)},
  },
});

/** Kimi: a key of one site, the login of Kimi's own tool for the other. */
export const demoOf: Record<'kimi' | 'kimi-global', DemoService> = {
  kimi: {
    files: () => ({'.kimi-code/config.toml': config}),
    answer: (request, now) => answered(request, key, membership(now)),
  },
  'kimi-global': {
    files: now => ({
      '.kimi-code/credentials/kimi-code-env-0e4f99c69cc27850.json': JSON.stringify({
        access_token: token,
        expires_at: (now + 2 * hour) / 1000,
        token_type: 'Bearer',
      }),
    }),
    answer: (request, now) => answered(request, token, pools(now)),
  },
};
