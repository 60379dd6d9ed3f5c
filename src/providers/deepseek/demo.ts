import type {DemoService} from '../../core/provider.ts';

const key = 'demo-deepseek-0123456789';

/** DeepSeek: two purses, the one in yuan empty, the other with a gift in it. */
export const demo: DemoService = {
  files: () => ({'.pi/agent/auth.json': JSON.stringify({deepseek: {type: 'api_key', key}})}),
  answer({method, path, headers}) {
    if (method !== 'GET' || path !== '/user/balance') return {status: 404, body: {error: {message: 'Not Found'}}};
    if (headers.authorization !== `Bearer ${key}`)
      return {status: 401, body: {error: {message: 'Authentication Fails', type: 'authentication_error'}}};
    const infos = [purse('CNY', '0.00', '0.00', '0.00'), purse('USD', '18.42', '5.00', '13.42')];
    return {status: 200, body: {is_available: true, balance_infos: infos}};
  },
};

const purse = (currency: string, total: string, granted: string, paid: string) => ({
  currency,
  total_balance: total,
  granted_balance: granted,
  topped_up_balance: paid,
});
