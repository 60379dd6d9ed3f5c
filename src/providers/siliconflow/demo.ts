import type {DemoAnswer, DemoRequest, DemoService} from '../../core/provider.ts';

const key = 'demo-siliconflow-0123456789';
const keyInChina = 'demo-siliconflow-cn-0123456789';

const filesWith = (opencodeId: string, apiKey: string) => ({
  '.config/opencode/opencode.json': JSON.stringify({provider: {[opencodeId]: {options: {apiKey}}}}),
});

function answered({method, path, headers}: DemoRequest, secret: string, money: object): DemoAnswer {
  if (method !== 'GET' || path !== '/v1/user/info') return {status: 404, body: {code: 404, message: 'Not Found'}};
  if (headers.authorization !== `Bearer ${secret}`) return {status: 401, body: '"Invalid token"'};
  const data = {id: 'user-demo', name: 'demo', email: 'user@example.com', status: 'normal', ...money};
  return {status: 200, body: {code: 20_000, message: 'OK', status: true, data}};
}

const paid = {balance: '0.88', chargeBalance: '21.50', totalBalance: '22.38'};
const gift = {balance: '14.00', chargeBalance: '0.00', totalBalance: '14.00'};

/** SiliconFlow: mostly paid; in China only a gift. */
export const demoOf: Record<'siliconflow' | 'siliconflow-cn', DemoService> = {
  siliconflow: {files: () => filesWith('siliconflow', key), answer: request => answered(request, key, paid)},
  'siliconflow-cn': {
    files: () => filesWith('siliconflow-cn', keyInChina),
    answer: request => answered(request, keyInChina, gift),
  },
};
