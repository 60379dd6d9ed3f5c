import type {DemoAnswer, DemoRequest, DemoService} from '../../core/provider.ts';

const key = 'demo-moonshot-0123456789';
const keyInChina = 'demo-moonshot-cn-0123456789';

const filesWith = (opencodeId: string, apiKey: string) => ({
  '.config/opencode/opencode.json': JSON.stringify({provider: {[opencodeId]: {options: {apiKey}}}}),
});

function answered({method, path, headers}: DemoRequest, secret: string, data: object): DemoAnswer {
  if (method !== 'GET' || path !== '/v1/users/me/balance') return {status: 404, body: {error: {message: 'Not Found'}}};
  if (headers.authorization !== `Bearer ${secret}`)
    return {status: 401, body: {error: {message: 'Invalid Authentication', type: 'invalid_authentication_error'}}};
  return {status: 200, body: {code: 0, data, scode: '0x0', status: true}};
}

const gift = {available_balance: 49.58894, voucher_balance: 46.58893, cash_balance: 3.00001};
const debt = {available_balance: 2.5, voucher_balance: 2.5, cash_balance: -1.2};

/** Moonshot: a gift and a little money; in China only a gift, beside a debt. */
export const demoOf: Record<'moonshot' | 'moonshot-cn', DemoService> = {
  moonshot: {files: () => filesWith('moonshotai', key), answer: request => answered(request, key, gift)},
  'moonshot-cn': {
    files: () => filesWith('moonshotai-cn', keyInChina),
    answer: request => answered(request, keyInChina, debt),
  },
};
