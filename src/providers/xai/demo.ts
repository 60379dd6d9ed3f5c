import type {DemoService} from '../../core/provider.ts';

const key = 'demo-xai-management-0123456789';

/** xAI's API: a few dollars that were paid in advance. */
export const demo: DemoService = {
  files: () => ({}),
  env: {XAI_MANAGEMENT_API_KEY: key},
  answer({method, path, headers}) {
    const answers: Record<string, unknown> = {
      '/auth/management-keys/validation': {scope: 'SCOPE_TEAM', scopeId: 'team-demo', teamId: 'team-demo'},
      '/v1/billing/teams/team-demo/prepaid/balance': {changes: [], total: {val: '-2140'}},
    };
    if (method !== 'GET' || !Object.hasOwn(answers, path)) return {status: 404, body: {error: 'Not Found'}};
    if (headers.authorization !== `Bearer ${key}`) return {status: 401, body: {error: 'Invalid management key'}};
    return {status: 200, body: answers[path]};
  },
};
