import type {DemoService} from '../../core/provider.ts';

const key = 'demo-openrouter-0123456789';

/** OpenRouter: a key with a monthly cap, a few requests to free models, and a balance that lasts for a while. */
export const demo: DemoService = {
  files: () => ({'.pi/agent/auth.json': JSON.stringify({openrouter: {type: 'api_key', key}})}),
  answer({method, path, headers}) {
    if (method !== 'GET') return refusal(405, 'Method Not Allowed');
    if (headers.authorization !== `Bearer ${key}`) return refusal(401, 'User not found.');
    if (path === '/api/v1/key') return {status: 200, body: {data: keyData}};
    if (path === '/api/v1/credits') return {status: 200, body: {data: {total_credits: 60, total_usage: 41.87}}};
    return refusal(404, 'Not Found');
  },
};

const refusal = (code: number, message: string) => ({status: code, body: {error: {code, message}}});

const keyData = {
  label: 'laptop',
  limit: 25,
  limit_remaining: 13.61,
  limit_reset: 'monthly',
  usage: 36.42,
  usage_daily: 0.84,
  usage_weekly: 4.07,
  usage_monthly: 11.39,
  byok_usage: 0,
  byok_usage_daily: 0,
  byok_usage_weekly: 0,
  byok_usage_monthly: 0,
  include_byok_in_limit: false,
  is_free_tier: false,
  is_management_key: false,
  is_provisioning_key: false,
  expires_at: null,
  free_model_daily_requests: {used: 42, limit: 1000, remaining: 958},
};
