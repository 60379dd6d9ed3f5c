import type {DemoService} from '../../core/provider.ts';

const key = 'demo-deepseek-0123456789';

/** DeepSeek: two purses, one of them with a gift in it. */
export const demo: DemoService = {
  files: () => ({'.pi/agent/auth.json': JSON.stringify({deepseek: {type: 'api_key', key}})}),
  answer({method, path, headers}) {
    if (method !== 'GET' || path !== '/user/balance') return {status: 404, body: {error: {message: 'Not Found'}}};
    if (headers.authorization !== `Bearer ${key}`)
      return {status: 401, body: {error: {message: 'Authentication Fails', type: 'authentication_error'}}};
    const infos = [purse('CNY', '110.00', '10.00', '100.00'), purse('USD', '7.05', '0.00', '7.05')];
    return {status: 200, body: {is_available: true, balance_infos: infos}};
  },
};

const purse = (currency: string, total: string, granted: string, paid: string) => ({
  currency,
  total_balance: total,
  granted_balance: granted,
  topped_up_balance: paid,
});
