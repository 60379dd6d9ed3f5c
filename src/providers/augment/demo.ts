import type {DemoService} from '../../core/provider.ts';

const day = 86_400_000;
const accessToken = 'demo-augment-access-token';

/** Augment Code: most of the month's credits are used. */
export const demo: DemoService = {
  files: () => ({
    '.augment/session.json': JSON.stringify({
      ...{accessToken, tenantURL: 'https://demo.api.augmentcode.com/', scopes: ['read', 'write']},
    }),
  }),
  answer({method, path, headers}, now) {
    if (method !== 'POST' || path !== '/get-credit-info') return {status: 404, body: {error: 'Not Found'}};
    if (headers.authorization !== `Bearer ${accessToken}`) return {status: 401, body: {error: 'Invalid token'}};
    return {status: 200, body: credits(now)};
  },
};

const credits = (now: number) => ({
  ...{usage_units_remaining: 71_320, usage_units_total: 450_000, included_usage_units_per_billing_cycle: 450_000},
  is_credit_balance_low: false,
  display_info: {plan_display_name: 'Max Plan', usage_unit_display_name: 'credits'},
  current_billing_cycle_end_date_iso: new Date(now + 8 * day).toISOString(),
});
