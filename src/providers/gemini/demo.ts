import type {DemoService} from '../../core/provider.ts';

const hour = 3_600_000;
const token = 'ya29.demo-gemini-access-token';

/** A company's login of Gemini CLI in the afternoon. */
export const demo: DemoService = {
  files: now => ({
    '.gemini/oauth_creds.json': JSON.stringify({
      ...{access_token: token, refresh_token: '1//demo-gemini-refresh-token', token_type: 'Bearer'},
      expiry_date: now + 3 * hour,
    }),
    '.gemini/google_accounts.json': JSON.stringify({active: 'user@example.com', old: []}),
  }),
  answer({method, path, headers}, now) {
    const answers: Record<string, unknown> = {
      '/v1internal:loadCodeAssist': plan,
      '/v1internal:retrieveUserQuota': quota(now),
    };
    if (method !== 'POST' || !Object.hasOwn(answers, path)) return {status: 404, body: error(404, 'NOT_FOUND')};
    if (headers.authorization !== `Bearer ${token}`) return {status: 401, body: error(401, 'UNAUTHENTICATED')};
    return {status: 200, body: answers[path]};
  },
};

const error = (code: number, status: string) => ({error: {code, message: `demo: ${status}`, status}});

const plan = {
  currentTier: {id: 'standard-tier', name: 'Gemini Code Assist'},
  paidTier: {id: 'gcp-standard-tier', name: 'Gemini Code Assist Standard'},
  cloudaicompanionProject: 'demo-project',
};

function quota(now: number) {
  const resetTime = new Date(now + 9.5 * hour).toISOString();
  const bucket = (modelId: string, remainingFraction: number, more: object = {}) => ({
    ...{modelId, tokenType: 'REQUESTS', remainingFraction, resetTime},
    ...more,
  });
  return {
    buckets: [
      bucket('gemini-3-pro', 0.42, {remainingAmount: '630'}),
      bucket('gemini-3-flash', 0.815),
      bucket('gemini-2.5-flash-lite', 1),
    ],
  };
}
