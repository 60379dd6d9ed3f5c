import type {DemoAnswer, DemoRequest, DemoService} from '../../core/provider.ts';

const hour = 3_600_000;
const day = 24 * hour;

const accounts = (now: number) => ({
  version: 4,
  activeIndex: 0,
  accounts: [
    {
      email: 'sky@demo.example',
      refreshToken: '1//demo-refresh-token-one',
      projectId: 'demo-project',
      managedProjectId: 'demo-managed-project',
      addedAt: now - 90 * day,
      lastUsed: now - hour,
      enabled: true,
    },
    {
      email: 'ground@demo.example',
      refreshToken: '1//demo-refresh-token-two',
      addedAt: now - 60 * day,
      lastUsed: now - 9 * day,
      enabled: false,
    },
  ],
});

// As the plugin's package has them; the values open nothing anywhere.
const constants = [
  'export const ANTIGRAVITY_CLIENT_ID = "demo-client-id";',
  'export const ANTIGRAVITY_CLIENT_SECRET = "test-client-secret";',
  '',
].join('\n');

const token = {access_token: 'ya29.demo-access-token', expires_in: 3599, token_type: 'Bearer'};

const plan = {
  currentTier: {id: 'standard-tier', name: 'Gemini Code Assist'},
  paidTier: {
    id: 'g1-pro-tier',
    name: 'Google AI Pro',
    availableCredits: [{creditType: 'GOOGLE_ONE_AI', creditAmount: '1000', minimumCreditAmountForUsage: '50'}],
  },
  cloudaicompanionProject: 'demo-managed-project',
};

function summary(now: number) {
  const resetTime = (ms: number) => new Date(now + ms).toISOString();
  return {
    groups: [
      {
        displayName: 'Gemini Models',
        description: 'Models within this group: Gemini Flash, Gemini Pro',
        buckets: [
          bucket('gemini-5h', 0.78, resetTime(3.2 * hour)),
          bucket('gemini-weekly', 0.45, resetTime(4.5 * day)),
        ],
      },
      {
        displayName: 'Claude and GPT models',
        buckets: [bucket('3p-5h', 1, resetTime(5 * hour)), bucket('3p-weekly', 0, resetTime(2.1 * day))],
      },
    ],
  };
}

const bucket = (bucketId: string, remainingFraction: number, resetTime: string) => ({
  bucketId,
  displayName: bucketId.endsWith('5h') ? 'Five Hour Limit' : 'Weekly Limit',
  window: bucketId.endsWith('5h') ? '5h' : 'weekly',
  remainingFraction,
  resetTime,
});

function answer({method, path, headers}: DemoRequest, now: number): DemoAnswer {
  if (method === 'POST' && path === '/token') return {status: 200, body: token};
  const served: Record<string, unknown> = {
    '/v1internal:loadCodeAssist': plan,
    '/v1internal:retrieveUserQuotaSummary': summary(now),
  };
  if (method !== 'POST' || !Object.hasOwn(served, path)) return {status: 404, body: error(404, 'NOT_FOUND')};
  if (headers.authorization !== `Bearer ${token.access_token}`)
    return {status: 401, body: error(401, 'UNAUTHENTICATED')};
  return {status: 200, body: served[path]};
}

const error = (code: number, status: string) => ({error: {code, message: `demo: ${status}`, status}});

/** Two Antigravity accounts of opencode's plugin: one in use, one switched off. */
export const demo: DemoService = {
  files: now => ({
    '.config/opencode/antigravity-accounts.json': JSON.stringify(accounts(now), null, 2),
    '.cache/opencode/node_modules/opencode-antigravity-auth/dist/src/constants.js': constants,
  }),
  answer,
};
