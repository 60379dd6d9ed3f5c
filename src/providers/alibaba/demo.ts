import type {DemoService} from '../../core/provider.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Alibaba: a Token Plan in use, and the older Coding Plan beside it, hardly used any more. */
export const demo: DemoService = {
  files: () => ({'.bailian/config.json': JSON.stringify({access_token: 'demo-bailian-console-token'})}),
  programs: now => ({
    bl: {
      '--version': 'bl 2.8.0',
      'usage token-plan --output json --quiet': JSON.stringify(tokens(now)),
      'usage coding-plan --output json --quiet': JSON.stringify(requests(now)),
    },
  }),
  // bl asks the service, not we.
  answer: () => ({status: 404, body: {error: 'Not Found'}}),
};

const tokens = (now: number) => ({
  ...{per5HourPercentage: 0.4356, per5HourResetTime: now + 2.5 * hour},
  ...{per1WeekPercentage: 0.7105, per1WeekResetTime: now + 1.6 * day},
});

const requests = (now: number) => ({
  instanceType: 'lite',
  per5Hour: part(60, 1200, now + 1.2 * hour),
  perWeek: part(450, 9000, now + 1.6 * day),
  perBillMonth: part(1800, 18_000, now + 11 * day),
});

const part = (usedQuota: number, totalQuota: number, resetTime: number) => ({
  ...{usedQuota, totalQuota, resetTime},
  percentage: usedQuota / totalQuota,
});
