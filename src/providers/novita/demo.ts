import type {DemoService} from '../../core/provider.ts';

const key = 'demo-novita-0123456789';

/** Novita: a few dollars left. */
export const demo: DemoService = {
  files: () => ({
    '.config/opencode/opencode.json': JSON.stringify({provider: {'novita-ai': {options: {apiKey: key}}}}),
  }),
  answer({method, path, headers}) {
    if (method !== 'GET' || path !== '/openapi/v1/billing/balance/detail')
      return {status: 404, body: {code: 404, message: 'Not Found'}};
    if (headers.authorization !== `Bearer ${key}`) return {status: 401, body: {code: 401, message: 'Unauthorized'}};
    const rest = {creditLimit: '0', pendingCharges: '120', outstandingInvoices: '0'};
    return {status: 200, body: {availableBalance: '83150', cashBalance: '83150', ...rest}};
  },
};
