import type {DemoService} from '../../core/provider.ts';

const hour = 3_600_000;
const day = 24 * hour;
const key = 'devin-session-token$demo';

/** Windsurf Pro by the login of Devin's command line: a busy day, and some money for more. */
export const demo: DemoService = {
  files: () => ({
    '.local/share/devin/credentials.toml': `windsurf_api_key = "${key}"\napi_server_url = "https://server.codeium.com"\n`,
  }),
  answer({method, path, body}, now) {
    if (method !== 'POST' || path !== '/exa.seat_management_pb.SeatManagementService/GetUserStatus')
      return {status: 404, body: {code: 'unimplemented'}};
    if (!body.includes(`"apiKey":"${key}"`))
      return {status: 401, body: {code: 'unauthenticated', message: 'invalid api key'}};
    return {status: 200, body: {userStatus: {planStatus: planStatus(now)}}};
  },
};

const inSeconds = (ms: number): string => String(Math.round(ms / 1000));
const planStatus = (now: number) => ({
  planInfo: {planName: 'Pro', billingStrategy: 'BILLING_STRATEGY_QUOTA'},
  ...{dailyQuotaRemainingPercent: 27, weeklyQuotaRemainingPercent: 64, overageBalanceMicros: '8400000'},
  ...{dailyQuotaResetAtUnix: inSeconds(now + 6 * hour), weeklyQuotaResetAtUnix: inSeconds(now + 3.2 * day)},
});
