import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Account, Wire, WireRequest} from '../../../src/core/provider.ts';
import {demo} from '../../../src/providers/google/demo.ts';
import {google} from '../../../src/providers/google/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type Service, type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {at, failureOf, fixture, hour, lines} from './support.ts';

const accountsPath = '.config/opencode/antigravity-accounts.json';
const env = {ANTIGRAVITY_OAUTH_CLIENT_ID: 'demo-client-id', ANTIGRAVITY_OAUTH_CLIENT_SECRET: 'test-client-secret'};
const accountEntry = {email: 'me@example.com', refreshToken: '1//refresh/token', managedProjectId: 'managed'};

let service: Service;
let memory: Map<string, unknown>;
let secrets: string[];
beforeEach(async () => {
  service = await startService();
  memory = new Map();
  secrets = [];
});
afterEach(() => service.close());

const wire = (at = now): Wire =>
  createWire({
    provider: google,
    origin: service.origin,
    env: {},
    version: '9.9.9',
    now: () => at,
    memory,
    protect: secret => secrets.push(secret),
  });

async function accountFrom(entry: object = accountEntry, extra: object = {}): Promise<Account> {
  const home = await withHome({[accountsPath]: {version: 4, accounts: [entry]}});
  const [account] = await google.discover(home.machine({env: {...env, MYSTATUS_GOOGLE_URL: service.origin, ...extra}}));
  if (account === undefined) throw new Error('no account was found');
  return account;
}

type Served = Record<string, ServiceAnswer | ServiceAnswer[]>;
const ok = (body: unknown): ServiceAnswer => ({status: 200, body});
const error = (status: number, name: string): ServiceAnswer => ({status, body: fixture(name)});
const notServed = error(404, 'error-404-not-found');
const token = (access_token = 'ya29.made', rest: object = {}) => ok({access_token, expires_in: 3599, ...rest});

/** Answers by method; of a list one after the other, the last for ever. */
function serves(answers: Served): void {
  const queues = new Map(
    Object.entries(answers).map(([name, answer]) => [name, Array.isArray(answer) ? [...answer] : [answer]]),
  );
  const handler: Handler = ({path}) => {
    const queue = queues.get(path.replace('/v1internal:', '').replace('/', ''));
    return (queue !== undefined && queue.length > 1 ? queue.shift() : queue?.[0]) ?? notServed;
  };
  service.answerWith(handler);
}

const summary = fixture('summary-normal');
const asked = (): string[] => service.requests.map(({path}) => path.replace('/v1internal:', '').replace('/', ''));
const count = (method: string): number => asked().filter(name => name === method).length;
const bodyOf = (method: string): unknown => {
  const index = asked().indexOf(method);
  return JSON.parse(service.requests[index]?.body ?? 'null');
};

describe('a reading', () => {
  it('is token, then the summary, with plan and credits beside it', async () => {
    serves({token: token(), retrieveUserQuotaSummary: ok(summary), loadCodeAssist: ok(fixture('plan-pro'))});
    const reading = await google.fetch(await accountFrom(), wire());
    expect(reading.plan).toBe('Google AI Pro');
    expect(reading.amounts).toEqual([{id: 'credits', value: 1000, unit: 'credits'}]);
    expect(reading.windows.map(({id}) => id)).toEqual([
      'gemini/weekly',
      'gemini/5h',
      'claude-gpt/weekly',
      'claude-gpt/5h',
    ]);
    expect(asked().sort()).toEqual(['loadCodeAssist', 'retrieveUserQuotaSummary', 'token']);
  });

  it('asks as the service wants to be asked', async () => {
    serves({token: token(), retrieveUserQuotaSummary: ok(summary)});
    await google.fetch(await accountFrom(), wire());
    const [tokenRequest] = service.requests;
    expect(tokenRequest?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect(tokenRequest?.body).toBe(
      'client_id=demo-client-id&client_secret=test-client-secret&refresh_token=1%2F%2Frefresh%2Ftoken&grant_type=refresh_token',
    );
    const quota = service.requests.find(({path}) => path.includes('Summary'));
    expect(quota).toMatchObject({
      method: 'POST',
      headers: {authorization: 'Bearer ya29.made', 'content-type': 'application/json'},
    });
    expect(quota?.headers['user-agent']).toBe('antigravity mystatus-tui/9.9.9');
    expect(quota?.headers).not.toHaveProperty('x-goog-user-project');
    expect(bodyOf('retrieveUserQuotaSummary')).toEqual({project: 'managed'});
    expect(secrets).toContain('ya29.made');
    expect(asked()).not.toContain('onboardUser');
  });

  it('is empty when the service says so, and nothing older is asked', async () => {
    serves({
      token: token(),
      retrieveUserQuotaSummary: ok({groups: []}),
      fetchAvailableModels: ok(fixture('models-normal')),
    });
    const reading = await google.fetch(await accountFrom(), wire());
    expect([reading.windows, reading.amounts]).toEqual([[], []]);
    expect(count('fetchAvailableModels')).toBe(0);
  });

  it('of the demo shows what the demo promises', async () => {
    service.answerWith(request => demo.answer(request, now));
    const home = await withHome(demo.files(now));
    const [account] = await google.discover(home.machine());
    if (account === undefined) throw new Error('no account was found');
    const reading = await google.fetch(account, wire());
    expect(lines(reading.windows).map(line => line.replace(/ \d{4}-.*/, ''))).toEqual([
      'gemini/5h known 22',
      'gemini/weekly known 55',
      'claude-gpt/5h not-started',
      'claude-gpt/weekly known 100',
    ]);
    expect(reading.plan).toBe('Google AI Pro');
  });
});

describe('the project', () => {
  const bare = {email: 'me@example.com', refreshToken: '1//r'};
  it('comes from the plan when the login has none', async () => {
    serves({token: token(), retrieveUserQuotaSummary: ok(summary), loadCodeAssist: ok(fixture('plan-object-project'))});
    await google.fetch(await accountFrom(bare), wire());
    expect(asked()).toEqual(['token', 'loadCodeAssist', 'retrieveUserQuotaSummary']);
    expect(bodyOf('retrieveUserQuotaSummary')).toEqual({project: 'managed-project-123'});
  });

  it('that Google refuses is named, with what to do about it', async () => {
    serves({token: token(), retrieveUserQuotaSummary: error(403, 'error-403-licence')});
    const refusal = async (entry: object) => failureOf(async () => google.fetch(await accountFrom(entry), wire()));
    const failure = await refusal({...bare, projectId: 'own-invented'});
    expect(failure).toMatchObject({code: 'auth_rejected', remedy: {code: 'google/project', name: 'own-invented'}});
    expect(failure.message).toContain('lack a Gemini Code Assist license');
    expect((await refusal(bare)).remedy).toEqual({code: 'google/project'});
    expect([count('fetchAvailableModels'), count('retrieveUserQuota')]).toEqual([0, 0]);
  });

  it('that Google refuses is named when it came from the plan, and whatever tiers are closed to the account', async () => {
    const loadCodeAssist = ok({
      cloudaicompanionProject: 'managed-invented',
      ineligibleTiers: [{reasonCode: 'INELIGIBLE_ACCOUNT', reasonMessage: 'Not for you.'}],
    });
    serves({token: token(), retrieveUserQuotaSummary: error(403, 'error-403-licence'), loadCodeAssist});
    const failure = await failureOf(async () => google.fetch(await accountFrom(bare), wire()));
    expect(failure.remedy).toEqual({code: 'google/project', name: 'managed-invented'});
    expect(failure.message).toContain('license');
  });

  it('is left out when nobody knows it', async () => {
    serves({token: token(), retrieveUserQuotaSummary: ok(summary)});
    await google.fetch(await accountFrom(bare), wire());
    expect(bodyOf('retrieveUserQuotaSummary')).toEqual({});
  });
});

describe('the plan', () => {
  it('is asked once an hour', async () => {
    serves({token: token(), retrieveUserQuotaSummary: ok(summary), loadCodeAssist: ok(fixture('plan-pro'))});
    const account = await accountFrom();
    for (const at of [now, now + hour / 2, now + hour - 1])
      expect((await google.fetch(account, wire(at))).plan).toBe('Google AI Pro');
    expect(count('loadCodeAssist')).toBe(1);
    await google.fetch(account, wire(now + hour));
    expect(count('loadCodeAssist')).toBe(2);
  });

  it('is asked again sooner while it is said to be free: of a new login that may be wrong', async () => {
    const loadCodeAssist = [ok(fixture('plan-free')), ok(fixture('plan-pro'))];
    serves({token: token(), retrieveUserQuotaSummary: ok(summary), loadCodeAssist});
    const account = await accountFrom();
    const planAt = async (ms: number) => (await google.fetch(account, wire(now + ms))).plan;
    expect(await planAt(0)).toBe('Free');
    expect(await planAt(hour / 4 - 1)).toBe('Free');
    expect(await planAt(hour / 4)).toBe('Google AI Pro');
    expect(await planAt(hour)).toBe('Google AI Pro');
    expect(count('loadCodeAssist')).toBe(2);
  });

  it.each([
    ['is refused', error(403, 'error-403-validation-required')],
    ['is rate limited', error(429, 'error-429-quota-exhausted')],
    ['is down', error(503, 'error-503-unavailable')],
    ['breaks off', {misbehave: 'reset'} as const],
    ['makes no sense', ok('<html>')],
    ['says that the account is to be verified', ok(fixture('plan-ineligible'))],
  ])('hides no quota when it %s', async (_, answer) => {
    serves({token: token(), retrieveUserQuotaSummary: ok(summary), loadCodeAssist: answer});
    const reading = await google.fetch(await accountFrom(), wire());
    expect(reading.windows).toHaveLength(4);
    expect(reading.plan).toBeNull();
  });

  it('explains a refusal that does not explain itself', async () => {
    serves({
      token: token(),
      retrieveUserQuotaSummary: error(403, 'error-403-caller'),
      loadCodeAssist: ok(fixture('plan-ineligible')),
    });
    const failure = await failureOf(async () => google.fetch(await accountFrom(), wire()));
    expect(failure).toMatchObject({
      code: 'auth_rejected',
      message: 'Verify your account to continue.',
      remedy: {code: 'verify', name: 'Google'},
    });
    expect(failure.remedy?.url).toMatch(/^https:\/\/accounts\.google\.com/);
  });
});

describe('an account to be verified', () => {
  const ineligible = fixture('plan-ineligible') as object;
  const link = {code: 'verify', name: 'Google', url: expect.stringMatching(/^https:\/\/accounts\.google\.com/)};
  const refused = error(403, 'error-403-caller');
  const failureFor = async (answers: Served): Promise<unknown> => {
    serves({token: token(), ...answers});
    return failureOf(async () => google.fetch(await accountFrom(), wire()));
  };

  it.each([
    ['the plan’s refusal', error(403, 'error-403-validation-required')],
    ['one tier of the plan', ok(fixture('plan-ineligible'))],
    ['one tier beside others', ok({...ineligible, allowedTiers: [{id: 'standard-tier', isDefault: true}]})],
  ])('is known by %s, with the page for it', async (_, loadCodeAssist) => {
    const notServedAtAll = {loadCodeAssist};
    const bare = {loadCodeAssist, retrieveUserQuotaSummary: refused};
    const empty = {loadCodeAssist, retrieveUserQuotaSummary: ok({groups: []})};
    for (const answers of [bare, notServedAtAll, empty])
      expect(await failureFor(answers)).toMatchObject({code: 'auth_rejected', remedy: link});
  });

  it('is not suspected where the service is merely down, or where there is a plan and nothing to show', async () => {
    const loadCodeAssist = ok(ineligible);
    const down = error(503, 'error-503-unavailable');
    expect(await failureFor({loadCodeAssist, retrieveUserQuotaSummary: down})).toMatchObject({code: 'server_error'});
    const planned = ok({...ineligible, currentTier: {id: 'standard-tier'}});
    serves({token: token(), loadCodeAssist: planned, retrieveUserQuotaSummary: ok({groups: []})});
    expect((await google.fetch(await accountFrom(), wire())).plan).toBe('Paid');
  });

  it('is asked for its plan again at once after it was refused', async () => {
    const loadCodeAssist = [error(403, 'error-403-validation-required'), ok(fixture('plan-pro'))];
    serves({token: token(), loadCodeAssist, retrieveUserQuotaSummary: [refused, ok(summary)]});
    const account = await accountFrom();
    expect(await failureOf(() => google.fetch(account, wire()))).toMatchObject({remedy: link});
    expect((await google.fetch(account, wire())).plan).toBe('Google AI Pro');
  });
});

describe('the access token', () => {
  it('is made once and used until shortly before it ends', async () => {
    serves({token: [token('ya29.one'), token('ya29.two')], retrieveUserQuotaSummary: ok(summary)});
    const account = await accountFrom();
    await google.fetch(account, wire());
    await google.fetch(account, wire(now + 3_500_000));
    expect(count('token')).toBe(1);
    await google.fetch(account, wire(now + 3_599_000 - 60_000));
    expect(count('token')).toBe(2);
    expect(service.requests.at(-1)?.headers.authorization).toBe('Bearer ya29.two');
  });

  it('is made once for all who wait for it', async () => {
    serves({token: {...token(), delayMs: 30} as ServiceAnswer, retrieveUserQuotaSummary: ok(summary)});
    const account = await accountFrom();
    await Promise.all([google.fetch(account, wire()), google.fetch(account, wire()), google.fetch(account, wire())]);
    expect(count('token')).toBe(1);
  });

  it.each([
    [{expires_in: 'soon'}, 1],
    [{expires_in: -5}, 2],
    [{expires_in: 0}, 2],
  ])('with %j is asked for %i time(s) in two polls', async (rest, times) => {
    serves({
      token: token('ya29.x', rest),
      retrieveUserQuotaSummary: ok(summary),
      loadCodeAssist: ok(fixture('plan-pro')),
    });
    const account = await accountFrom();
    await google.fetch(account, wire());
    await google.fetch(account, wire());
    expect(count('token')).toBe(times);
  });

  it('is made from the newest refresh token when Google replaces it, in memory alone', async () => {
    serves({
      token: [token('ya29.one', {refresh_token: '1//rotated'}), token('ya29.two')],
      retrieveUserQuotaSummary: ok(summary),
    });
    const account = await accountFrom();
    await google.fetch(account, wire());
    await google.fetch(account, wire(now + 2 * hour));
    const bodies = service.requests
      .filter(({path}) => path === '/token')
      .map(({body}) => new URLSearchParams(body).get('refresh_token'));
    expect(bodies).toEqual(['1//refresh/token', '1//rotated']);
    expect(secrets).toContain('1//rotated');
  });

  it('is renewed once when it is refused, and the question asked once more', async () => {
    serves({
      token: [token('ya29.one'), token('ya29.two')],
      retrieveUserQuotaSummary: [error(401, 'error-401-access-token-expired'), ok(summary)],
    });
    expect((await google.fetch(await accountFrom(), wire())).windows).toHaveLength(4);
    expect(service.requests.at(-1)?.headers.authorization).toBe('Bearer ya29.two');
    expect(count('token')).toBe(2);
  });

  it('that is refused again means that the login has ended', async () => {
    const refused = error(401, 'error-401-access-token-expired');
    serves({
      token: [token('ya29.one'), token('ya29.two'), token('ya29.three')],
      retrieveUserQuotaSummary: refused,
      loadCodeAssist: refused,
    });
    const failure = await failureOf(async () => google.fetch(await accountFrom(), wire()));
    expect([failure.code, failure.remedy?.code]).toEqual(['expired', 'sign-in']);
    expect([count('token'), count('retrieveUserQuotaSummary')]).toEqual([2, 2]);
  });

  it.each([
    ['token-400-invalid-grant-1', 400, 'expired', 'sign-in'],
    ['token-400-invalid-grant-2', 400, 'expired', 'sign-in'],
    ['token-401-invalid-client-3', 401, 'auth_rejected', 'google/client'],
    ['token-401-invalid-client-4', 401, 'auth_rejected', 'google/client'],
    ['token-401-unauthorized-client-5', 401, 'auth_rejected', 'google/client'],
    ['token-400-invalid-request-6', 400, 'auth_rejected', 'google/client'],
    ['token-400-invalid-request-secret-missing', 400, 'auth_rejected', 'google/client'],
    ['token-400-object-7', 400, 'auth_rejected', 'google/client'],
    ['token-400-access-denied', 400, 'auth_rejected', 'open'],
  ])('refused with %s', async (name, status, code, remedy) => {
    serves({token: error(status, name), retrieveUserQuotaSummary: ok(summary)});
    const failure = await failureOf(async () =>
      google.fetch(await accountFrom({...accountEntry, managedProjectId: ''}), wire()),
    );
    expect([failure.code, failure.remedy?.code]).toEqual([code, remedy]);
    expect(asked()).toEqual(['token']);
  });

  it.each([
    [{status: 429, headers: {'retry-after': '90'}, body: {error: 'slow_down'}}, 'rate_limited', now + 90_000],
    [{status: 503, body: {error: 'invalid_grant'}}, 'server_error', null],
    [{status: 500, body: '<html>oops</html>'}, 'server_error', null],
    [{status: 403, headers: {'content-type': 'text/html'}, body: '<html>wall</html>'}, 'blocked', null],
    [{status: 408, body: {}}, 'timeout', null],
    [{status: 400, body: {error: 'temporarily_unavailable'}}, 'server_error', null],
    [{status: 403, body: {error: 'rate_limit_exceeded'}}, 'rate_limited', null],
    [{status: 400, body: {}}, 'bad_response', null],
    [{status: 400, body: '<html>portal</html>'}, 'bad_response', null],
    [{status: 404, body: {error: 'not_found'}}, 'bad_response', null],
    [{status: 200, body: '<html>portal</html>'}, 'blocked', null],
    [{status: 200, body: {token_type: 'Bearer'}}, 'bad_response', null],
    [{status: 200, body: {access_token: 'two\nlines'}}, 'bad_response', null],
    [{status: 302, headers: {location: 'https://elsewhere.example/'}, body: ''}, 'bad_response', null],
  ])('that passes by itself or makes no sense: %j', async (answer, code, retryAt) => {
    serves({token: answer});
    const failure = await failureOf(async () => google.fetch(await accountFrom(), wire()));
    expect([failure.code, failure.retryAt]).toEqual([code, retryAt]);
  });

  it.each([
    ['invalid_client', 400, 'google/client'],
    ['unauthorized_client', 400, 'google/client'],
    ['deleted_client', 401, 'google/client'],
    ['unsupported_grant_type', 400, 'google/client'],
    ['a_word_that_nobody_knows', 400, 'google/client'],
    ['admin_policy_enforced', 400, 'open'],
    ['org_internal', 403, 'open'],
    ['access_denied', 403, 'open'],
  ])('refused for %s (%i) is nothing that passes by itself', async (name, status, remedy) => {
    serves({token: {status, body: {error: name, error_description: 'Because.'}}});
    const failure = await failureOf(async () => google.fetch(await accountFrom(), wire()));
    expect([failure.code, failure.remedy?.code]).toEqual(['auth_rejected', remedy]);
    expect(failure.message).toMatch(/: Because\.$/);
  });

  it('that another program left behind is used while it lasts, without any client', async () => {
    serves({retrieveUserQuotaSummary: ok(summary)});
    const auth = {google: {type: 'oauth', refresh: '1//r|p', access: 'ya29.theirs', expires: now + hour}};
    const home = await withHome({'.local/share/opencode/auth.json': auth});
    const [account] = await google.discover(home.machine({env: {MYSTATUS_GOOGLE_URL: service.origin}}));
    if (account === undefined) throw new Error('no account was found');
    expect((await google.fetch(account, wire())).windows).toHaveLength(4);
    expect(service.requests.at(-1)?.headers.authorization).toBe('Bearer ya29.theirs');
    expect(count('token')).toBe(0);
    const late = await failureOf(() => google.fetch(account, wire(now + hour - 60_000)));
    expect([late.code, late.remedy?.code]).toEqual(['no_credentials', 'google/client']);
    serves({retrieveUserQuotaSummary: error(401, 'error-401-access-token-expired')});
    const refused = await failureOf(() => google.fetch(account, wire()));
    expect([refused.code, refused.remedy?.code]).toEqual(['expired', 'google/client']);
  });
});

describe('the older methods', () => {
  const octoberNow = at('2026-10-07T12:00:00Z');
  const novemberNow = at('2026-11-27T09:00:00Z');

  it('call a week that is spent by its name, whichever of them answers', async () => {
    serves({token: token(), fetchAvailableModels: ok(fixture('models-week-spent'))});
    expect(lines((await google.fetch(await accountFrom(), wire(novemberNow))).windows)).toEqual([
      'claude-gpt/weekly known 100 2026-12-01T09:00:00.000Z',
      'gemini/5h known 50 2026-11-27T11:00:00.000Z',
    ]);
    serves({token: token(), retrieveUserQuota: ok(fixture('user-quota-week-spent'))});
    expect((await google.fetch(await accountFrom(), wire(novemberNow))).windows.map(({id}) => id)).toEqual([
      'claude-gpt/weekly',
      'other/weekly',
    ]);
  });

  it('leave out fractions of unused models on the free tier, of spent ones on a paid plan', async () => {
    const claude = async (plan: ServiceAnswer) => {
      serves({token: token(), fetchAvailableModels: ok(fixture('models-free')), loadCodeAssist: plan});
      const {windows} = await google.fetch(await accountFrom(), wire(novemberNow));
      return lines(windows.filter(({pool}) => pool === 'claude-gpt'));
    };
    const reset = '2026-12-01T09:00:00.000Z';
    expect(await claude(ok(fixture('plan-free')))).toEqual([`claude-gpt/weekly unknown not reported ${reset}`]);
    memory.clear();
    expect(await claude(ok(fixture('plan-pro')))).toEqual([`claude-gpt/weekly known 100 ${reset}`]);
    memory.clear();
    expect(await claude(notServed)).toEqual([`claude-gpt/weekly known 100 ${reset}`]);
  });
  it('are asked when the summary is not served or is none', async () => {
    for (const answer of [notServed, ok({}), ok({response: {}}), ok([])]) {
      serves({token: token(), retrieveUserQuotaSummary: answer, fetchAvailableModels: ok(fixture('models-normal'))});
      const reading = await google.fetch(await accountFrom(), wire(octoberNow));
      expect(reading.windows.map(({id}) => id)).toEqual(['gemini/5h', 'claude-gpt/5h']);
    }
    expect(count('retrieveUserQuotaSummary')).toBe(4);
  });

  it('end with the oldest, also when the one before may not be called', async () => {
    for (const answer of [notServed, ok({}), error(403, 'error-403-caller')]) {
      serves({token: token(), fetchAvailableModels: answer, retrieveUserQuota: ok(fixture('user-quota'))});
      expect(lines((await google.fetch(await accountFrom(), wire(octoberNow))).windows)).toEqual([
        'gemini/weekly known 40 2026-10-08T07:00:00.000Z',
      ]);
    }
  });

  it('that all answer strangely are a changed service', async () => {
    serves({token: token(), retrieveUserQuotaSummary: ok({quotas: {a: 1}})});
    const failure = await failureOf(async () => google.fetch(await accountFrom(), wire()));
    expect([failure.code, failure.remedy?.code, failure.shape]).toEqual([
      'bad_response',
      'report',
      '{quotas: {a: number}}',
    ]);
  });

  const full = ok({
    models: {'gemini-3-flash': {quotaInfo: {remainingFraction: 1}}, 'claude-x': {quotaInfo: {remainingFraction: 1}}},
  });
  it.each([
    ['is not served', notServed, ['gemini/5h not-started', 'claude-gpt/5h not-started']],
    [
      'disagrees',
      ok({
        buckets: [
          {modelId: 'gemini-3-flash', remainingFraction: 0.6},
          {modelId: 'claude-x', remainingFraction: 1},
        ],
      }),
      ['gemini/5h known 40', 'claude-gpt/5h not-started'],
    ],
    [
      'is silent about a pool',
      ok({buckets: [{modelId: 'gemini-3-flash', remainingFraction: 0.6}]}),
      ['gemini/5h known 40', 'claude-gpt/5h unknown full, but not confirmed by the service'],
    ],
    [
      'is down',
      error(503, 'error-503-unavailable'),
      [
        'gemini/5h unknown full, but not confirmed by the service',
        'claude-gpt/5h unknown full, but not confirmed by the service',
      ],
    ],
  ])('say "all full", and the oldest %s', async (_, oldest, expected) => {
    serves({token: token(), fetchAvailableModels: full, retrieveUserQuota: oldest});
    expect(lines((await google.fetch(await accountFrom(), wire())).windows)).toEqual(expected);
  });

  it('say "all full": the notes say no other numbers than the windows', async () => {
    const models = {
      'gemini-3-flash': {quotaInfo: {remainingFraction: 1}},
      'gemini-untold': {},
      'claude-x': {displayName: 'Claude X', quotaInfo: {remainingFraction: 1}},
    };
    const notesFor = async (retrieveUserQuota: ServiceAnswer) => {
      serves({token: token(), fetchAvailableModels: ok({models}), retrieveUserQuota});
      const {notes} = await google.fetch(await accountFrom(), wire());
      return notes.map(({text, percent}) => [text, percent]);
    };
    const buckets = [
      {modelId: 'gemini-3-flash', remainingFraction: 0.6},
      {modelId: 'grok-9', remainingFraction: 0.1},
    ];
    expect(await notesFor(ok({buckets}))).toEqual([
      ['gemini-3-flash', 40],
      ['grok-9', 90],
      ['gemini-untold', undefined],
      ['Claude X', undefined],
    ]);
    const untold = [
      ['gemini-3-flash', undefined],
      ['gemini-untold', undefined],
      ['Claude X', undefined],
    ];
    expect(await notesFor(ok({buckets: []}))).toEqual(untold);
    expect(await notesFor(error(503, 'error-503-unavailable'))).toEqual(untold);
  });

  it('say "all full": a pool is the same whatever length its limit has in either', async () => {
    const resetTime = new Date(now + 3 * 24 * hour).toISOString();
    const buckets = [{modelId: 'gemini-3-flash', remainingFraction: 0.6, resetTime}];
    serves({token: token(), fetchAvailableModels: full, retrieveUserQuota: ok({buckets})});
    expect(lines((await google.fetch(await accountFrom(), wire())).windows)).toEqual([
      `gemini/weekly known 40 ${resetTime}`,
      'claude-gpt/5h unknown full, but not confirmed by the service',
    ]);
  });

  it('say "all full": a pool that only the oldest speaks of is shown too', async () => {
    const buckets = [{modelId: 'grok-9', remainingFraction: 0.1}];
    serves({token: token(), fetchAvailableModels: full, retrieveUserQuota: ok({buckets})});
    expect(lines((await google.fetch(await accountFrom(), wire())).windows).at(-1)).toBe('other/5h known 90');
  });

  it('are not asked after a refusal, a wait or a failure', async () => {
    const cases = [
      [error(403, 'error-403-validation-required'), 'auth_rejected'],
      [error(429, 'error-429-quota-exhausted'), 'rate_limited'],
      [error(503, 'error-503-unavailable'), 'server_error'],
      [error(400, 'error-400-invalid-argument'), 'bad_response'],
      [ok('<html>portal</html>'), 'blocked'],
      [{status: 403, headers: {'content-type': 'text/html'}, body: '<html>wall</html>'}, 'blocked'],
      [{misbehave: 'reset'}, 'network'],
    ] as const;
    for (const [answer, code] of cases) {
      serves({token: token(), retrieveUserQuotaSummary: answer, fetchAvailableModels: ok(fixture('models-normal'))});
      expect((await failureOf(async () => google.fetch(await accountFrom(), wire()))).code).toBe(code);
    }
    expect(count('retrieveUserQuotaSummary')).toBe(cases.length);
    expect(count('fetchAvailableModels')).toBe(0);
  });

  it('leave the wait to the service', async () => {
    serves({token: token(), retrieveUserQuotaSummary: error(429, 'error-429-quota-exhausted')});
    const failure = await failureOf(async () => google.fetch(await accountFrom(), wire()));
    expect(failure.retryAt).toBe(now + 577_210_700);
  });
});

describe('the hosts', () => {
  const [daily, sandbox, production] = google.hosts;

  /** The same wire, but every host has a fake of its own on the one origin: the host stands before the path. */
  function wireByHost(): Wire {
    const real = wire();
    const moved = (request: WireRequest) => {
      const {hostname, pathname} = new URL(request.url);
      return {...request, url: `https://${daily}/${hostname}${pathname}`};
    };
    return {...real, send: request => real.send(moved(request))};
  }

  const hostsServe = (answers: Record<string, ServiceAnswer>): void =>
    service.answerWith(({path}) => {
      const [, host = '', method = ''] = path.split('/');
      if (method === 'token') return token();
      return method.endsWith('Summary') || host === production ? (answers[host] ?? notServed) : notServed;
    });
  const askedHosts = (): string[] =>
    service.requests
      .map(({path}) => path.split('/'))
      .flatMap(([, host = '', method]) => (method?.endsWith('Summary') ? [host] : []));
  const direct = () => accountFrom(accountEntry, {MYSTATUS_GOOGLE_URL: undefined});
  const read = async () => google.fetch(await direct(), wireByHost());

  it('are asked one after the other while they are down, unknown or out of reach', async () => {
    for (const [first, second] of [
      [error(503, 'error-503-unavailable'), notServed],
      [{misbehave: 'reset'} as const, error(503, 'error-503-unavailable')],
    ]) {
      service.requests.length = 0;
      hostsServe({[String(daily)]: first, [String(sandbox)]: second, [String(production)]: ok(summary)} as Record<
        string,
        ServiceAnswer
      >);
      const reading = await read();
      expect(askedHosts()).toEqual([daily, sandbox, production]);
      expect(reading.notes).toEqual([{code: 'google/production-only'}]);
    }
  });

  it('end with the first that answers', async () => {
    hostsServe({[String(daily)]: ok(summary)});
    expect((await read()).notes).toEqual([]);
    expect(askedHosts()).toEqual([daily]);
  });

  it('are not asked further after a wait or a refusal', async () => {
    for (const answer of [error(429, 'error-429-quota-exhausted'), error(403, 'error-403-caller')]) {
      service.requests.length = 0;
      hostsServe({[String(daily)]: answer, [String(sandbox)]: ok(summary)});
      await failureOf(read);
      expect(askedHosts()).toEqual([daily]);
    }
  });

  it('give the first failure when none answers', async () => {
    hostsServe({
      [String(daily)]: error(503, 'error-503-unavailable'),
      [String(sandbox)]: {misbehave: 'reset'},
      [String(production)]: {misbehave: 'reset'},
    });
    expect((await failureOf(read)).code).toBe('server_error');
  });

  it('know how the Gemini pool stands only from others than production', async () => {
    hostsServe({[String(production)]: ok(summary)});
    expect(lines((await read()).windows)).toEqual([
      'gemini/weekly unknown unverified',
      'gemini/5h unknown unverified',
      'claude-gpt/weekly known 50',
      'claude-gpt/5h known 0',
    ]);
    hostsServe({[String(sandbox)]: ok(summary)});
    expect(lines((await read()).windows).find(line => line.startsWith('gemini/5h'))).toMatch(/known 0|not-started/);
  });
});

describe('production alone', () => {
  const [daily, , production] = google.hosts;
  const readFrom = async (answers: Served) => {
    service.answerWith(({path}) => {
      const [, host = '', method = ''] = path.split('/');
      if (method === 'token') return token();
      const answer = answers[method.replace('v1internal:', '')];
      return host === production && answer !== undefined && !Array.isArray(answer) ? answer : notServed;
    });
    const real = wire();
    const send: Wire['send'] = request => {
      const {hostname, pathname} = new URL(request.url);
      return real.send({...request, url: `https://${daily}/${hostname}${pathname}`});
    };
    return google.fetch(await accountFrom(accountEntry, {MYSTATUS_GOOGLE_URL: undefined}), {...real, send});
  };
  const bucket = (bucketId: string, remainingFraction?: number) => ({bucketId, remainingFraction});
  const pools = (...buckets: object[]) => ok({groups: [{displayName: 'Models', buckets}]});

  it('is not believed at all when it calls everything full', async () => {
    const all = ['gemini-5h', 'gemini-weekly', '3p-5h', '3p-weekly'].map(id => bucket(id, 1));
    const reading = await readFrom({retrieveUserQuotaSummary: pools(...all, bucket('x-5h'))});
    expect(lines(reading.windows)).toEqual([
      'gemini/5h unknown unverified',
      'gemini/weekly unknown unverified',
      'claude-gpt/5h unknown unverified',
      'claude-gpt/weekly unknown unverified',
      'x/5h unknown not reported',
    ]);
    expect(reading.notes).toEqual([{code: 'google/production-only'}]);
  });

  it('is believed for Claude and GPT when something in its answer was used', async () => {
    const answer = pools(bucket('gemini-weekly', 0.4), bucket('gemini-image-5h', 0.2), bucket('3p-5h', 0));
    expect(lines((await readFrom({retrieveUserQuotaSummary: answer})).windows)).toEqual([
      'gemini/weekly unknown unverified',
      'gemini-image/5h unknown unverified',
      'claude-gpt/5h known 100',
    ]);
  });

  it('names the models of the Gemini pool without their figures', async () => {
    const models = {
      'gemini-3-flash': {quotaInfo: {remainingFraction: 0.3}},
      'claude-x': {quotaInfo: {remainingFraction: 0.4}},
    };
    const reading = await readFrom({fetchAvailableModels: ok({models})});
    expect(lines(reading.windows)).toEqual(['gemini/5h unknown unverified', 'claude-gpt/5h known 60']);
    expect(reading.notes).toEqual([
      {code: 'model', text: 'gemini-3-flash'},
      {code: 'model', text: 'claude-x', percent: 60},
      {code: 'google/production-only'},
    ]);
  });

  it('is said once when two of its methods were asked', async () => {
    const models = {'claude-x': {quotaInfo: {remainingFraction: 1}}};
    const buckets = [{modelId: 'claude-x', remainingFraction: 0.5}];
    const reading = await readFrom({fetchAvailableModels: ok({models}), retrieveUserQuota: ok({buckets})});
    expect(lines(reading.windows)).toEqual(['claude-gpt/5h known 50']);
    expect(reading.notes.filter(({code}) => code === 'google/production-only')).toHaveLength(1);
    const alone = await readFrom({fetchAvailableModels: ok({models})});
    expect(lines(alone.windows)).toEqual(['claude-gpt/5h unknown unverified']);
  });
});

describe('a login without an OAuth client', () => {
  it('says what is missing, and brings the numbers of the plugin', async () => {
    const quota = {cachedQuota: {claude: {remainingFraction: 0.4}}, cachedQuotaUpdatedAt: now - hour};
    const home = await withHome({[accountsPath]: {version: 4, accounts: [{...accountEntry, ...quota}]}});
    const [account] = await google.discover(home.machine());
    if (account === undefined) throw new Error('no account was found');
    const failure = await failureOf(() => google.fetch(account, wire()));
    expect([failure.code, failure.remedy?.code]).toEqual(['no_credentials', 'google/client']);
    expect(account.cached?.readAt).toBe(now - hour);
    expect(service.requests).toEqual([]);
  });
});
