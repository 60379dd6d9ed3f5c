import type {DemoService} from '../../core/provider.ts';

const key = 'sk-admin-demo';
const address = '/v1/organization/costs?';

const errorOf = (message: string) => ({error: {message, type: 'invalid_request_error', param: null, code: null}});

/** OpenAI's API: a month of an organization. */
export const demo: DemoService = {
  files: () => ({}),
  env: {OPENAI_ADMIN_KEY: key},
  answer({method, path, headers}) {
    if (method !== 'GET' || !path.startsWith(address)) return {status: 404, body: errorOf('Not Found')};
    if (headers.authorization !== `Bearer ${key}`) return {status: 401, body: errorOf('Incorrect API key provided')};
    const results = [
      {amount: {value: 11.62, currency: 'usd'}, line_item: 'completions'},
      {amount: {value: '0.85', currency: 'usd'}, line_item: 'images'},
    ];
    return {status: 200, body: {object: 'page', data: [{object: 'bucket', results}], has_more: false, next_page: null}};
  },
};
