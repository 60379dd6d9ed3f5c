import type {DemoService} from '../../core/provider.ts';

const key = 'demo-stepfun-0123456789';

/** StepFun: some money left of what was paid in. */
export const demo: DemoService = {
  files: () => ({
    '.config/opencode/opencode.json': JSON.stringify({provider: {stepfun: {options: {apiKey: key}}}}),
  }),
  answer({method, path, headers}) {
    if (method !== 'GET' || path !== '/v1/accounts') return {status: 404, body: {error: {message: 'Not Found'}}};
    if (headers.authorization !== `Bearer ${key}`)
      return {status: 401, body: {error: {message: 'Incorrect API key provided', type: 'invalid_api_key'}}};
    const totals = {total_cash_balance: 100, total_voucher_balance: 15};
    return {status: 200, body: {object: 'account', type: 'prepaid', balance: 36.72, ...totals}};
  },
};
