import type {DemoService} from '../../core/provider.ts';

const key = 'sgamp_user_demo-0123456789';

/** Amp: a subscription of which a good part is used, some credits of one's own, and some of a workspace. */
export const demo: DemoService = {
  files: () => ({'.local/share/amp/secrets.json': JSON.stringify({'apiKey@https://ampcode.com/': key})}),
  answer({method, path, headers}) {
    if (method !== 'POST' || path !== '/api/internal?userDisplayBalanceInfo') return {status: 404, body: 'Not Found'};
    if (headers.authorization !== `Bearer ${key}`)
      return {status: 200, body: {ok: false, error: {code: 'auth-required', message: 'Authentication required'}}};
    return {status: 200, body: {ok: true, result: {displayText: lines.join('\n')}}};
  },
};

const lines = [
  'Signed in as user@example.com (example-org)',
  'Subscription Megawatt: 38% agent usage and 91% orb usage remaining - resets upon renewal in 12 days',
  'Individual credits: $17.23 remaining - https://ampcode.com/settings',
  'Workspace example: $5.33 remaining',
];
