import type {DemoService} from '../../core/provider.ts';

const key = 'sk-cp-demo-infini-0123456789';

/** Infini-AI: a busy week of the smaller plan. */
export const demo: DemoService = {
  files: () => ({
    '.config/opencode/opencode.json': JSON.stringify({
      provider: {infini: {options: {apiKey: key, baseURL: 'https://cloud.infini-ai.com/maas/coding/v1'}}},
    }),
  }),
  answer({method, path, headers}) {
    if (method !== 'GET' || path !== '/maas/coding/usage') return {status: 404, body: {msg: 'not found'}};
    if (headers.authorization !== `Bearer ${key}`)
      return {status: 401, body: {code: 10_021, msg: 'api key is invalid'}};
    const part = (quota: number, used: number) => ({quota, used, remain: quota - used});
    return {status: 200, body: {'5_hour': part(1000, 240), '7_day': part(6000, 4470), '30_day': part(12_000, 6120)}};
  },
};
