import type {DemoService} from '../../core/provider.ts';

const key = 'demo-ollama-0123456789';

/** Ollama Cloud: an older plan with a quiet block and a busy week. */
export const demo: DemoService = {
  files: () => ({'.pi/agent/auth.json': JSON.stringify({'ollama-cloud': {type: 'api_key', key}})}),
  answer({method, path, headers}) {
    if (method !== 'GET' || path !== '/api/usage') return {status: 404, body: {error: 'not found'}};
    if (headers.authorization !== `Bearer ${key}`) return {status: 401, body: {error: 'unauthorized'}};
    return {status: 200, body: {activity: null, limits}};
  },
};

const limits = {
  session: {usage: 0.184, models: [{name: 'glm-5.2', request_count: 61}]},
  weekly: {
    usage: 0.637,
    models: {'glm-5.2': {request_count: 410}, 'kimi-k3': {request_count: 122}},
  },
};
