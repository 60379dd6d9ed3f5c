import {describe, expect, it, onTestFinished} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import type {Account} from '../../../src/core/provider.ts';
import type {Billing, Credential} from '../../../src/providers/copilot/credential.ts';
import {copilot} from '../../../src/providers/copilot/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type Service, type ServiceAnswer, startService} from '../../support/service.ts';
import {withHome} from '../shared/home.ts';
import {fixture, fixtureText, now} from './fixture.ts';

const errors = fixture('errors') as Record<string, unknown>;
const json = (status: number, body: unknown, headers: Record<string, string> = {}): ServiceAnswer => ({
  status,
  body,
  headers,
});
const ok = (name: string) => json(200, fixture(name));
const notFound = json(404, errors.notFound);

const internal = '/copilot_internal/user';
const billOf = (who: string, kind: string) => `/${who}/settings/billing/${kind}/usage`;
const credits = billOf('users/octocat', 'ai_credit');
const requests = billOf('users/octocat', 'premium_request');

/** Answers by path, without the query. */
const serving =
  (answers: Record<string, ServiceAnswer>): Handler =>
  ({path}) =>
    answers[path.split('?')[0] ?? ''] ?? notFound;

const login = (token: string, source = 'opencode auth.json', name?: string) => ({
  token,
  source,
  ...(name === undefined ? {} : {login: name}),
});
const bill = (more: Partial<Billing> = {}): Billing => ({
  token: 'github_pat_demo',
  source: 'copilot-quota-token.json',
  scope: {kind: 'user', username: 'octocat'},
  tier: 'pro',
  model: 'ai_credits',
  ...more,
});
const accountOf = (credential: Partial<Credential>): Account => ({
  key: 'copilot:00000000',
  provider: 'copilot',
  label: 'octocat',
  source: credential.billing?.source ?? credential.oauth?.[0]?.source ?? '',
  credential: {host: 'github.com', oauth: [], ...credential},
  secrets: [],
  fingerprint: '',
  expiresAt: null,
  stored: false,
});

async function serve(handler: Handler | Record<string, ServiceAnswer>): Promise<Service> {
  const service = await startService(typeof handler === 'function' ? handler : serving(handler));
  onTestFinished(() => service.close());
  return service;
}

const ask = (service: Service, credential: Partial<Credential>, memory = new Map<string, unknown>(), at = now) =>
  copilot.fetch(
    accountOf(credential),
    createWire({provider: copilot, origin: service.origin, env: {}, version: '9.9.9', now: () => at, memory}),
  );

async function failureOf(asking: Promise<unknown>): Promise<ProviderError> {
  const error = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProviderError) return error;
  throw error ?? new Error('it did not fail');
}

const pathsOf = ({requests}: Service) => requests.map(({path}) => path.split('?')[0]);

describe('the live counter', () => {
  it('is asked as editors ask it, with the token and our name', async () => {
    const service = await serve({[internal]: ok('internal-pro')});
    const reading = await ask(service, {oauth: [login('gho_a')]});
    expect(reading).toMatchObject({
      plan: 'Pro',
      label: 'octocat',
      windows: [{id: 'premium/monthly', use: {usedPercent: 34.1}}, {}, {}],
    });
    expect(service.requests).toHaveLength(1);
    expect(service.requests[0]).toMatchObject({
      method: 'GET',
      path: internal,
      headers: {
        authorization: 'token gho_a',
        accept: 'application/json',
        'editor-version': 'vscode/1.96.2',
        'editor-plugin-version': 'copilot-chat/0.26.7',
        'user-agent': 'GitHubCopilotChat/0.26.7 mystatus-tui/9.9.9',
        'x-github-api-version': '2025-04-01',
      },
    });
  });

  it.each([
    ['Copilot CLI', {'.copilot/config.json': fixtureText('cli-config.jsonc')}, 'token gho_cli_octocat'],
    [
      'an editor',
      {'.config/github-copilot/hosts.json': {'github.com': {user: 'octocat', oauth_token: 'ghu_editor'}}},
      'token ghu_editor',
    ],
    [
      'opencode’s enterprise entry',
      {
        '.local/share/opencode/auth.json': {
          'github-copilot-enterprise': {type: 'oauth', refresh: 'gho_acme', expires: 0, enterpriseUrl: 'acme.ghe.com'},
        },
      },
      'token gho_acme',
    ],
  ])('is asked with the login of %s', async (_, files, authorization) => {
    const service = await serve({[internal]: ok('internal-pro')});
    const [account] = await copilot.discover((await withHome(files)).machine());
    expect((await ask(service, account?.credential as Credential)).plan).toBe('Pro');
    expect(service.requests.map(({headers}) => headers.authorization)).toEqual([authorization]);
  });

  it('does not rename an account that its place names', async () => {
    const service = await serve({[internal]: ok('internal-pro')});
    expect(
      await ask(service, {login: 'octocat', oauth: [login('gho_a', 'gh hosts.yml', 'octocat')]}),
    ).not.toHaveProperty('label');
  });

  it.each([
    ['401', json(401, errors.badCredentials)],
    ['403', json(403, errors.noCopilot)],
    ['404', notFound],
  ])(
    'goes to the next token after %s, says which one answered, and begins with it the next time',
    async (_, refusal) => {
      const service = await serve(({headers}) =>
        headers.authorization === 'token ghu_b' ? ok('internal-pro') : refusal,
      );
      const credential = {oauth: [login('gho_a'), login('ghu_b', 'github-copilot apps.json')]};
      const memory = new Map();
      const {notes} = await ask(service, credential, memory);
      expect(notes).toContainEqual({code: 'message', text: 'read with github-copilot apps.json'});
      await ask(service, credential, memory);
      expect(service.requests.map(({headers}) => headers.authorization)).toEqual([
        'token gho_a',
        'token ghu_b',
        'token ghu_b',
      ]);
    },
  );

  it('asks to sign in again when a token is dead and none is better', async () => {
    const service = await serve(({headers}) =>
      headers.authorization === 'token a' ? notFound : json(401, errors.badCredentials),
    );
    const failure = await failureOf(ask(service, {oauth: [login('a'), login('b', 'gh hosts.yml')]}));
    expect(failure).toMatchObject({code: 'expired', remedy: {code: 'copilot/sign-in'}});
  });

  it.each([
    [notFound, 'Not Found'],
    [json(403, errors.notAccessible), 'Resource not accessible'],
  ])('says that the token cannot read Copilot quota, and why', async (answer, why) => {
    const failure = await failureOf(ask(await serve({[internal]: answer}), {oauth: [login('gho_a')]}));
    expect(failure).toMatchObject({code: 'auth_rejected', remedy: {code: 'copilot/sign-in'}});
    expect(failure.message).toContain('opencode auth.json cannot read Copilot quota');
    expect(failure.message).toContain(why);
  });

  it.each([
    ['in an answer', ok('internal-no-plan'), 'no Copilot'],
    ['in a refusal', json(403, errors.noCopilot), 'No access to GitHub Copilot found.'],
  ])('says that the login has no Copilot, told %s, even where another token is dead', async (_, answer, why) => {
    const service = await serve(({headers}) =>
      headers.authorization === 'token gho_b' ? answer : json(401, errors.badCredentials),
    );
    const credential = {login: 'octocat', oauth: [login('gho_a'), login('gho_b', 'gh hosts.yml')]};
    const failure = await failureOf(ask(service, credential));
    expect(failure).toMatchObject({code: 'no_plan', remedy: {code: 'subscribe'}});
    expect(failure.message).toContain('gh hosts.yml: ');
    expect(failure.message).toContain(why);
  });

  it('of a login without Copilot does not hide one that has it', async () => {
    const service = await serve(({headers}) =>
      headers.authorization === 'token gho_b' ? ok('internal-max') : ok('internal-no-plan'),
    );
    const credential = {oauth: [login('gho_a', 'GH_TOKEN'), login('gho_b')]};
    expect((await ask(service, credential)).plan).toBe('Max');
  });

  it.each<[string, ServiceAnswer, string, number | null]>([
    [
      'a primary limit',
      json(403, errors.rateLimit, {'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 900)}),
      'rate_limited',
      now + 900_000,
    ],
    ['a secondary limit', json(403, errors.secondaryLimit, {'retry-after': '90'}), 'rate_limited', now + 90_000],
    ['a limit in words alone', json(403, errors.rateLimit), 'rate_limited', now + 60_000],
    ['429', json(429, errors.rateLimit), 'rate_limited', now + 60_000],
    ['a server in trouble', json(503, {message: 'Service unavailable'}), 'server_error', null],
    [
      'a unicorn',
      {status: 500, body: '<html>Unicorn!</html>', headers: {'content-type': 'text/html'}},
      'server_error',
      null,
    ],
    ['a wall', {status: 403, body: '<html>no</html>', headers: {'content-type': 'text/html'}}, 'blocked', null],
    [
      'a wall with HTTP 200',
      {status: 200, body: '<html>no</html>', headers: {'content-type': 'text/html'}},
      'blocked',
      null,
    ],
    ['no JSON', json(200, 'hello'), 'bad_response', null],
    ['a changed answer', json(200, {hello: 1}), 'bad_response', null],
    ['a redirect', json(302, '', {location: 'https://evil.example/'}), 'bad_response', null],
  ])('does not try other tokens against %s', async (_, answer, code, retryAt) => {
    const service = await serve({[internal]: answer});
    const failure = await failureOf(ask(service, {oauth: [login('gho_a'), login('gho_b')]}));
    expect(failure).toMatchObject({code, retryAt});
    expect(service.requests).toHaveLength(1);
  });

  it('does not show a stranger’s numbers under a known name', async () => {
    const service = await serve(({headers}) =>
      headers.authorization === 'token gho_env'
        ? json(200, {...(fixture('internal-pro') as object), login: 'monalisa'})
        : ok('internal-max'),
    );
    const both = {
      login: 'octocat',
      oauth: [login('gho_env', 'GH_TOKEN'), login('ghu_o', 'github-copilot apps.json', 'octocat')],
    };
    expect((await ask(service, both)).plan).toBe('Max');
    const failure = await failureOf(ask(service, {...both, oauth: both.oauth.slice(0, 1)}));
    expect(failure.message).toContain('it belongs to another GitHub login');
  });
});

describe('the bill', () => {
  it('is asked for this month in UTC with the headers of the documented API', async () => {
    const service = await serve({[credits]: ok('billing-pro-credits')});
    const {plan, windows} = await ask(service, {login: 'octocat', billing: bill()});
    expect({plan, use: windows[0]?.use}).toMatchObject({plan: 'Pro', use: {used: 511.25, limit: 1500}});
    expect(service.requests).toHaveLength(1);
    expect(service.requests[0]).toMatchObject({
      method: 'GET',
      path: `${credits}?year=2026&month=10`,
      headers: {
        authorization: 'Bearer github_pat_demo',
        accept: 'application/vnd.github+json',
        'user-agent': 'mystatus-tui/9.9.9',
        'x-github-api-version': '2026-03-10',
      },
    });
  });

  it('comes from premium requests where credits are not served', async () => {
    const service = await serve({[requests]: ok('billing-mission-notes')});
    const {windows} = await ask(service, {billing: bill()});
    expect(windows[0]).toMatchObject({use: {used: 150, limit: 300, usedPercent: 50}, unit: 'requests'});
    expect(pathsOf(service)).toEqual([credits, requests]);
  });

  it.each([
    ['empty', fixture('billing-empty')],
    [
      'of seats only',
      {usageItems: [{product: 'Copilot', sku: 'copilot_business_seat', unitType: 'user-months', grossQuantity: 1}]},
    ],
  ])('comes from premium requests where the credits are %s', async (_, body) => {
    const service = await serve({[credits]: json(200, body), [requests]: ok('billing-legacy-over')});
    const {windows, amounts} = await ask(service, {billing: bill()});
    expect(windows[0]).toMatchObject({use: {used: 412, limit: 300}});
    expect(amounts).toEqual([{id: 'billed', value: 4.48, unit: 'usd'}]);
  });

  it.each([
    ['not there', notFound],
    ['refused', json(403, errors.notAccessible)],
    ['empty too', ok('billing-empty')],
  ])('is nothing used when credits are empty and premium requests are %s', async (_, answer) => {
    const service = await serve({[credits]: ok('billing-empty'), [requests]: answer});
    expect((await ask(service, {billing: bill()})).windows[0]?.use).toMatchObject({usedPercent: 0, limit: 1500});
  });

  it('is not nothing used when premium requests could not be asked', async () => {
    const service = await serve({[credits]: ok('billing-empty'), [requests]: json(500, {message: 'down'})});
    expect(await failureOf(ask(service, {billing: bill()}))).toMatchObject({code: 'server_error'});
  });

  it('is a changed answer when there are rows but none of Copilot’s anywhere', async () => {
    const service = await serve({
      [credits]: json(200, {usageItems: [{product: 'Actions', sku: 'x', unitType: 'minutes'}]}),
    });
    expect(await failureOf(ask(service, {billing: bill()}))).toMatchObject({
      code: 'bad_response',
      remedy: {code: 'report'},
    });
  });

  it('begins with premium requests for those who are still billed so', async () => {
    const service = await serve({[requests]: ok('billing-legacy-over')});
    await ask(service, {billing: bill({model: 'legacy_premium_requests'})});
    expect(pathsOf(service)).toEqual([requests]);
  });

  it('finds out the user name once, and lends it to the account', async () => {
    const service = await serve({'/user': json(200, {login: 'octocat', id: 1}), [credits]: ok('billing-pro-credits')});
    const memory = new Map();
    const credential = {billing: bill({scope: {kind: 'user'}})};
    expect((await ask(service, credential, memory)).label).toBe('octocat');
    await ask(service, credential, memory);
    expect(pathsOf(service)).toEqual(['/user', credits, credits]);
  });

  it('of an organisation or an enterprise is asked there', async () => {
    const acme = billOf('organizations/acme', 'ai_credit');
    const inc = billOf('enterprises/acme-inc', 'ai_credit');
    const service = await serve({[acme]: ok('billing-organisation'), [inc]: ok('billing-organisation-summary')});
    const organization = await ask(service, {
      billing: bill({tier: 'business', scope: {kind: 'organization', name: 'acme'}}),
    });
    expect(organization).toMatchObject({
      plan: 'Business',
      windows: [{use: {state: 'unknown'}}],
      amounts: [
        {id: 'used', value: 2500},
        {id: 'billed', value: 6},
      ],
    });
    const enterprise = await ask(service, {
      billing: bill({tier: 'enterprise', scope: {kind: 'enterprise', name: 'acme-inc'}}),
    });
    expect(enterprise.amounts).toMatchObject([{id: 'used', value: 298.698546}]);
    expect(organization).not.toHaveProperty('label');
  });

  it('of one seat counts premium requests against that seat, and never a whole organisation’s', async () => {
    const rows = json(200, {usageItems: [{product: 'Copilot', sku: 'Copilot Premium Request', grossQuantity: 75}]});
    const requests = billOf('organizations/acme', 'premium_request');
    const limitOf = async (service: Service, scope: Billing['scope']) =>
      (await ask(service, {billing: bill({tier: 'business', scope})})).windows[0]?.use;
    const known = {state: 'known', usedPercent: 25, used: 75, limit: 300};
    const service = await serve({[billOf('users/octocat', 'premium_request')]: rows, [requests]: rows});
    const acme = {kind: 'organization', name: 'acme'} as const;
    expect(await limitOf(service, {kind: 'user', username: 'octocat'})).toEqual(known);
    expect(await limitOf(service, {...acme, user: 'octocat'})).toEqual(known);
    expect(await limitOf(service, acme)).toMatchObject({state: 'unknown'});
    const unfiltered = await serve(({path}) =>
      path.includes('user=octocat') ? json(403, errors.cannotFilter) : path.includes('premium') ? rows : notFound,
    );
    expect(await limitOf(unfiltered, {...acme, user: 'octocat'})).toMatchObject({state: 'unknown'});
  });

  it('of one person in an organisation is asked for whole where the filter is refused', async () => {
    const service = await serve(({path}) =>
      path.includes('user=octocat') ? json(403, errors.cannotFilter) : ok('billing-organisation'),
    );
    const scope = {kind: 'organization', name: 'acme', user: 'octocat'} as const;
    expect((await ask(service, {billing: bill({tier: 'business', scope})})).amounts[0]?.value).toBe(2500);
    expect(service.requests.map(({path}) => path.split('?')[1])).toEqual([
      'year=2026&month=10&user=octocat',
      'year=2026&month=10',
    ]);
  });

  it.each<[string, Partial<Billing>, ServiceAnswer, object]>([
    ['a dead token', {}, json(401, errors.badCredentials), {code: 'expired', remedy: {code: 'replace-credential'}}],
    ['a missing permission', {}, json(403, errors.notAccessible), {code: 'auth_rejected', remedy: {code: 'grant'}}],
    [
      'a plain member',
      {scope: {kind: 'organization', name: 'acme'}},
      json(403, errors.notAccessible),
      {code: 'auth_rejected', remedy: {code: 'copilot/billed-to'}},
    ],
    ['no plan of one’s own', {}, notFound, {code: 'no_plan', remedy: {code: 'copilot/billed-to'}}],
    ['a limit', {}, json(403, errors.secondaryLimit), {code: 'rate_limited', retryAt: now + 60_000}],
    ['a server in trouble', {}, json(500, 'Unicorn!'), {code: 'server_error'}],
  ])('says what %s means', async (_, more, answer, failure) => {
    const service = await serve(() => answer);
    expect(await failureOf(ask(service, {billing: bill(more)}))).toMatchObject(failure);
  });

  it('says the same about a token whose name is still to be found out', async () => {
    const service = await serve(() => json(401, errors.badCredentials));
    const failure = await failureOf(ask(service, {billing: bill({scope: {kind: 'user'}})}));
    expect(failure).toMatchObject({
      code: 'expired',
      remedy: {code: 'replace-credential', name: 'copilot-quota-token.json'},
    });
  });
});

describe('both', () => {
  const credential = {login: 'octocat', billing: bill(), oauth: [login('gho_a')]};

  it('the counter gives the bar, the bill the money', async () => {
    const service = await serve({[internal]: ok('internal-pro'), [credits]: ok('billing-legacy-over')});
    const {windows, amounts} = await ask(service, credential);
    expect(windows[0]?.use).toMatchObject({usedPercent: 34.1, used: 511.25});
    expect(amounts).toEqual([{id: 'billed', value: 4.48, unit: 'usd'}]);
  });

  it('a bill that fails does not hide the counter, and is not asked again at once', async () => {
    const service = await serve({[internal]: ok('internal-pro'), [credits]: json(403, errors.notAccessible)});
    const memory = new Map();
    const {windows, notes} = await ask(service, credential, memory);
    expect(windows[0]?.use).toMatchObject({usedPercent: 34.1});
    expect(notes).toEqual([{code: 'message', text: expect.stringContaining('no bill: HTTP 403')}]);
    await ask(service, credential, memory, now + 300_000);
    expect(pathsOf(service)).toEqual([internal, credits, internal]);
    await ask(service, credential, memory, now + 900_000);
    expect(pathsOf(service).slice(3)).toEqual([internal, credits]);
  });

  it('a token that only happened to be in the environment may fail in silence', async () => {
    const service = await serve({[internal]: ok('internal-pro'), [credits]: json(403, errors.notAccessible)});
    expect((await ask(service, {...credential, billing: bill({source: 'GH_TOKEN'})})).notes).toEqual([]);
  });

  it('another person’s bill is not added', async () => {
    const service = await serve({
      [internal]: ok('internal-pro'),
      '/user': json(200, {login: 'monalisa'}),
      [billOf('users/monalisa', 'ai_credit')]: ok('billing-legacy-over'),
    });
    expect((await ask(service, {...credential, billing: bill({scope: {kind: 'user'}})})).amounts).toEqual([]);
  });

  it.each([
    ['refused', notFound],
    ['dead', json(401, errors.badCredentials)],
    ['answered in an unknown form', json(200, {})],
  ])('the bill stands in where the login is %s', async (_, answer) => {
    const service = await serve({[internal]: answer, [credits]: ok('billing-pro-credits')});
    expect((await ask(service, credential)).windows[0]).toMatchObject({use: {used: 511.25}, limitFrom: 'plan-table'});
  });

  it('the bill does not stand in for a login that has no Copilot', async () => {
    const service = await serve({[internal]: ok('internal-no-plan'), [credits]: ok('billing-empty')});
    expect(await failureOf(ask(service, credential))).toMatchObject({code: 'no_plan'});
    expect(pathsOf(service)).toEqual([internal]);
  });

  it('their counts are not swapped because of a passing trouble', async () => {
    const service = await serve({[internal]: json(502, ''), [credits]: ok('billing-pro-credits')});
    expect(await failureOf(ask(service, credential))).toMatchObject({code: 'server_error'});
    expect(pathsOf(service)).toEqual([internal]);
  });

  it('when both fail, the place that the panel names is heard', async () => {
    const service = await serve({
      [internal]: json(401, errors.badCredentials),
      [credits]: json(403, errors.notAccessible),
    });
    expect(await failureOf(ask(service, credential))).toMatchObject({remedy: {code: 'grant'}});
  });
});

describe('a company’s host', () => {
  it('gets its own tokens, and only there', async () => {
    const asked: string[] = [];
    const wire = createWire({provider: copilot, env: {}, version: '0', now: () => now});
    const spy = {
      ...wire,
      send: async ({url}: {url: string}) => {
        asked.push(url);
        return {
          status: 200,
          headers: {},
          text: JSON.stringify(fixture(url.includes('internal') ? 'internal-pro' : 'billing-empty')),
        };
      },
    };
    await copilot.fetch(accountOf({host: 'acme.ghe.com', oauth: [login('gho_a')]}), spy);
    await copilot.fetch(accountOf({host: 'acme.ghe.com', billing: bill()}), spy);
    expect(asked.map(url => new URL(url).origin)).toEqual(Array(3).fill('https://api.acme.ghe.com'));
  });
});
