import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Account, Wire, WireRequest} from '../../../src/core/provider.ts';
import {googleDemo} from '../../../src/demo/google.ts';
import {google} from '../../../src/providers/google/index.ts';
import {createWire} from '../../../src/system/http.ts';
import {type Handler, type Service, type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {failureOf, fixture, hour, lines} from './support.ts';

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
    service.answerWith(request => googleDemo.answer(request, now));
    const home = await withHome(googleDemo.files(now));
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
      remedy: {code: 'google-verify'},
    });
    expect(failure.remedy?.url).toMatch(/^https:\/\/accounts\.google\.com/);
  });
});

describe('an account to be verified', () => {
  const ineligible = fixture('plan-ineligible') as object;
  const link = {code: 'google-verify', url: expect.stringMatching(/^https:\/\/accounts\.google\.com/)};
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
    expect([failure.code, failure.remedy?.code]).toEqual(['expired', 'google-login']);
    expect([count('token'), count('retrieveUserQuotaSummary')]).toEqual([2, 2]);
  });

  it.each([
    ['token-400-invalid-grant-1', 400, 'expired', 'google-login'],
    ['token-400-invalid-grant-2', 400, 'expired', 'google-login'],
    ['token-401-invalid-client-3', 401, 'auth_rejected', 'google-client'],
    ['token-401-invalid-client-4', 401, 'auth_rejected', 'google-client'],
    ['token-401-unauthorized-client-5', 401, 'auth_rejected', 'google-client'],
    ['token-400-invalid-request-6', 400, 'bad_response', undefined],
    ['token-400-object-7', 400, 'bad_response', undefined],
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
    [{status: 200, body: '<html>portal</html>'}, 'blocked', null],
    [{status: 200, body: {token_type: 'Bearer'}}, 'bad_response', null],
    [{status: 200, body: {access_token: 'two\nlines'}}, 'bad_response', null],
    [{status: 302, headers: {location: 'https://elsewhere.example/'}, body: ''}, 'bad_response', null],
  ])('that passes by itself or makes no sense: %j', async (answer, code, retryAt) => {
    serves({token: answer});
    const failure = await failureOf(async () => google.fetch(await accountFrom(), wire()));
    expect([failure.code, failure.retryAt]).toEqual([code, retryAt]);
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
    expect([late.code, late.remedy?.code]).toEqual(['no_credentials', 'google-client']);
    serves({retrieveUserQuotaSummary: error(401, 'error-401-access-token-expired')});
    const refused = await failureOf(() => google.fetch(account, wire()));
    expect([refused.code, refused.remedy?.code]).toEqual(['expired', 'google-client']);
  });
});

describe('the older methods', () => {
  it('are asked when the summary is not served or is none', async () => {
    for (const answer of [notServed, ok({}), ok({response: {}}), ok([])]) {
      serves({token: token(), retrieveUserQuotaSummary: answer, fetchAvailableModels: ok(fixture('models-normal'))});
      const reading = await google.fetch(await accountFrom(), wire());
      expect(reading.windows.map(({id}) => id)).toEqual(['gemini/5h', 'claude-gpt/5h']);
    }
    expect(count('retrieveUserQuotaSummary')).toBe(4);
  });

  it('end with the oldest, also when the one before may not be called', async () => {
    for (const answer of [notServed, ok({}), error(403, 'error-403-caller')]) {
      serves({token: token(), fetchAvailableModels: answer, retrieveUserQuota: ok(fixture('user-quota'))});
      expect(lines((await google.fetch(await accountFrom(), wire())).windows)).toEqual([
        'gemini/5h known 40 2026-10-08T07:00:00.000Z',
      ]);
    }
  });

  it('that all answer strangely are a changed service', async () => {
    serves({token: token(), retrieveUserQuotaSummary: ok({quotas: {a: 1}})});
    const failure = await failureOf(async () => google.fetch(await accountFrom(), wire()));
    expect([failure.code, failure.remedy?.code, failure.shape]).toEqual([
      'bad_response',
      'report-change',
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
      expect(reading.notes).toEqual([{code: 'production-only'}]);
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

  it('know a full Gemini session only from others than production', async () => {
    hostsServe({[String(production)]: ok(summary)});
    expect(lines((await read()).windows)).toContain('gemini/5h unknown unverified');
    hostsServe({[String(sandbox)]: ok(summary)});
    expect(lines((await read()).windows).find(line => line.startsWith('gemini/5h'))).toMatch(/known 0|not-started/);
  });
});

describe('a login without an OAuth client', () => {
  it('says what is missing, and brings the numbers of the plugin', async () => {
    const quota = {cachedQuota: {claude: {remainingFraction: 0.4}}, cachedQuotaUpdatedAt: now - hour};
    const home = await withHome({[accountsPath]: {version: 4, accounts: [{...accountEntry, ...quota}]}});
    const [account] = await google.discover(home.machine());
    if (account === undefined) throw new Error('no account was found');
    const failure = await failureOf(() => google.fetch(account, wire()));
    expect([failure.code, failure.remedy?.code]).toEqual(['no_credentials', 'google-client']);
    expect(account.cached?.readAt).toBe(now - hour);
    expect(service.requests).toEqual([]);
  });
});
