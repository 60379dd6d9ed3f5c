import type {DemoRequest, DemoService} from '../../core/provider.ts';

const accountId = '11111111-2222-3333-4444-555555555555';
const hour = 3600;
const day = 24 * hour;

/** A ChatGPT Plus login of Codex, with the Spark model's own limits and some credits. */
export const demo: DemoService = {
  files: now => ({'.codex/auth.json': `${JSON.stringify(authFile(Math.floor(now / 1000)), null, 2)}\n`}),
  answer(request, now) {
    if (request.method !== 'GET' || request.path.split('?')[0] !== '/backend-api/wham/usage')
      return {status: 404, body: {detail: 'Not Found'}};
    if (!isOurs(request)) return {status: 401, body: unauthorized};
    return {status: 200, body: usage(Math.floor(now / 1000))};
  },
};

const authFile = (now: number) => ({
  auth_mode: 'chatgpt',
  OPENAI_API_KEY: null,
  tokens: {
    id_token: jwt({...claims(now), email: 'user@example.com'}),
    access_token: jwt(claims(now)),
    refresh_token: 'demo-refresh-token',
    account_id: accountId,
  },
  last_refresh: new Date(now * 1000).toISOString(),
});

const claims = (now: number) => ({
  iat: now,
  exp: now + 365 * day,
  'https://api.openai.com/auth': {chatgpt_account_id: accountId, chatgpt_plan_type: 'plus'},
  'https://api.openai.com/profile': {email: 'user@example.com', email_verified: true},
});

// Nobody signed these tokens; the word in the signature's place is how the demo knows its own.
const signature = 'demo-unsigned';
const jwt = (payload: object): string => `${base64url({alg: 'none', typ: 'JWT'})}.${base64url(payload)}.${signature}`;
const base64url = (value: object): string =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const isOurs = ({headers}: DemoRequest): boolean =>
  /^Bearer [\w-]+\.[\w-]+\.demo-unsigned$/.test(headers.authorization ?? '') &&
  headers['chatgpt-account-id'] === accountId;

const unauthorized = {
  error: {message: 'Provided authentication token is expired. Please try signing in again.', code: 'token_expired'},
  status: 401,
};

const usage = (now: number) => ({
  account_id: accountId,
  email: 'user@example.com',
  plan_type: 'plus',
  rate_limit: limit(window(now, 34, 5 * hour, 2 * hour + 840), window(now, 71, 7 * day, 3 * day + 4 * hour)),
  code_review_rate_limit: null,
  additional_rate_limits: [
    {
      limit_name: 'GPT-5.3-Codex-Spark',
      metered_feature: 'codex_bengalfox',
      rate_limit: limit(window(now, 12, 5 * hour, 4 * hour), window(now, 8, 7 * day, 6 * day)),
    },
  ],
  credits: {has_credits: true, unlimited: false, balance: '12.5'},
  spend_control: {reached: false, individual_limit: null},
  rate_limit_reached_type: null,
});

const limit = (primary: object, secondary: object) => ({
  allowed: true,
  limit_reached: false,
  primary_window: primary,
  secondary_window: secondary,
});

const window = (now: number, used: number, length: number, left: number) => ({
  used_percent: used,
  limit_window_seconds: length,
  reset_after_seconds: left,
  reset_at: now + left,
});
