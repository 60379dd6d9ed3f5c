import type {DemoService} from '../../core/provider.ts';

const key = 'sk-ant-admin-demo';
const address = '/v1/organizations/cost_report?';

const errorOf = (type: string, message: string) => ({type: 'error', error: {type, message}});

/** Anthropic's API: a month of an organization, in cents. */
export const demo: DemoService = {
  files: () => ({}),
  env: {ANTHROPIC_ADMIN_KEY: key},
  answer({method, path, headers}) {
    if (method !== 'GET' || !path.startsWith(address))
      return {status: 404, body: errorOf('not_found_error', 'Not found')};
    if (headers['x-api-key'] !== key) return {status: 401, body: errorOf('authentication_error', 'invalid x-api-key')};
    const results = [
      {amount: '2846.2', currency: 'USD', cost_type: 'tokens'},
      {amount: '130', currency: 'USD', cost_type: 'web_search'},
    ];
    return {status: 200, body: {data: [{results}], has_more: false, next_page: null}};
  },
};
