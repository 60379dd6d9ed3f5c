import type {DemoRequest, DemoService} from '../../core/provider.ts';

const day = 86_400_000;
const service = '/aiserver.v1.DashboardService/';

/** A Cursor Pro+ login of its command line, half a month on, with a limit for spending on top and a gift. */
export const demo: DemoService = {
  files: now => ({
    '.config/cursor/auth.json': JSON.stringify({accessToken: token(now), refreshToken: 'demo-refresh-token'}),
    '.cursor/cli-config.json': JSON.stringify({authInfo: {email: 'user@example.com', authId: sub}}),
  }),
  answer(request, now) {
    const answers: Record<string, unknown> = {
      GetCurrentPeriodUsage: usage(now),
      GetPlanInfo: {planInfo: {planName: 'Pro+', price: '$60/mo', includedAmountCents: 7000}},
      GetCreditGrantsBalance: {hasCreditGrants: true, totalCents: '1000', usedCents: '250'},
    };
    const method = request.path.startsWith(service) ? request.path.slice(service.length) : '';
    if (request.method !== 'POST' || !Object.hasOwn(answers, method))
      return {status: 404, body: {code: 'unimplemented', message: 'Error'}};
    if (!isOurs(request)) return {status: 401, body: {code: 'unauthenticated', message: 'Error', details: []}};
    return {status: 200, body: answers[method]};
  },
};

const sub = 'auth0|user_DEMO0000000000000000000000';

const token = (now: number): string =>
  [
    {alg: 'none', typ: 'JWT'},
    {sub, exp: Math.floor(now / 1000) + 60 * 86_400, type: 'session'},
  ]
    .map(part => btoa(JSON.stringify(part)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))
    .join('.')
    .concat('.demo-signature');

const isOurs = ({headers}: DemoRequest): boolean =>
  /^Bearer [\w-]+\.[\w-]+\.demo-signature$/.test(headers.authorization ?? '');

function usage(now: number) {
  const end = now + 12.5 * day;
  return {
    billingCycleStart: String(end - 30 * day),
    billingCycleEnd: String(end),
    enabled: true,
    planUsage: {
      ...{totalSpend: 6210, includedSpend: 6210, limit: 7000, remaining: 790},
      ...{totalPercentUsed: 61.4, autoPercentUsed: 38.2, apiPercentUsed: 86.5},
    },
    spendLimitUsage: {limitType: 'user', individualLimit: 5000, individualUsed: 640, individualRemaining: 4360},
  };
}
