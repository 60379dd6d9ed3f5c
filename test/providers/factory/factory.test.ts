import {describe, expect, it} from 'vitest';
import {demo} from '../../../src/providers/factory/demo.ts';
import {factory} from '../../../src/providers/factory/index.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';
import {fixturesIn, toldWindow} from '../shared/told.ts';

const fixture = fixturesIn('factory');
const key = 'fk-fake-not-a-key';
type Answers = Record<string, ServiceAnswer>;
/** By path; what is not named is not there. */
const ask = (answers: Answers) =>
  askByKey(factory, {FACTORY_API_KEY: key}, path => answers[path] ?? {status: 404, body: {}});
const ok = (body: unknown) => ({status: 200, body});

const [limits, tokens, me] = ['/api/billing/limits', '/api/organization/subscription/usage', '/api/app/auth/me'];

describe('a request to Factory', () => {
  it('carries the key and an honest name; whose it is, is asked beside', async () => {
    const member = {organization: {subscription: {factoryTier: 'max'}}, userProfile: {email: 'user@example.com'}};
    const {reading, requests} = await ask({[limits]: ok(fixture('limits')), [me]: ok(member)});
    const headers = {authorization: `Bearer ${key}`, 'user-agent': 'mystatus-tui/1.0.0'};
    expect(requests).toMatchObject([
      {method: 'GET', path: limits, headers},
      {method: 'GET', path: me, headers},
    ]);
    expect(reading).toMatchObject({plan: 'Max', label: 'user@example.com'});
    expect(reading.windows).toHaveLength(5);
  });

  it('is answered where nobody says whose it is', async () => {
    const {reading} = await ask({[limits]: ok(fixture('limits')), [me]: {status: 500, body: ''}});
    expect([reading.plan, reading.label, reading.windows.length]).toEqual([null, undefined, 5]);
  });

  it('on an older plan asks for its tokens, and only reads', async () => {
    const {reading, requests} = await ask({
      [limits]: ok(fixture('limits-legacy-plan')),
      [tokens]: ok(fixture('legacy-usage')),
    });
    expect(requests[1]).toMatchObject({method: 'POST', path: tokens, body: '{"useCache":true}'});
    expect(reading.windows.map(toldWindow)).toEqual(['monthly 25 % 5000000/20000000 tokens 2026-09-20T00:00:00Z']);
  });

  it.each([403, 404, 405])('on an older plan whose tokens are not told (%i) shows no window', async status => {
    const {reading} = await ask({[limits]: ok(fixture('limits-legacy-plan')), [tokens]: {status, body: {}}});
    expect(reading).toEqual({plan: null, windows: [], amounts: [], notes: []});
  });

  it.each([
    [500, {}, 'server_error'],
    [429, {}, 'rate_limited'],
    [200, {}, 'bad_response'],
    [200, 'nonsense', 'bad_response'],
  ])('on an older plan that answers %i and %j fails: %s', async (status, body, code) => {
    const asked = ask({[limits]: ok(fixture('limits-legacy-plan')), [tokens]: {status, body}});
    await expect(asked).rejects.toMatchObject({code});
  });

  it.each<Refusal>(refusals)('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(ask({[limits]: {status, body}})).rejects.toMatchObject({code});
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(ask({[limits]: answer})).rejects.toMatchObject({retryAt: now + 60_000});
  });
});

type Pair = {'auth.v2.key': string; 'auth.v2.file': string};
const pair = fixture('auth-v2-pair') as Pair;
const sealed = (more: Partial<Pair> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries({...pair, ...more}).flatMap(([name, text]) =>
      name === 'plain' ? [] : [[`.factory/${name}`, text]],
    ),
  );

/** The two files of Droid for a session of one's own. */
async function sealedSession(session: object): Promise<Record<string, string>> {
  const [key, nonce] = [new Uint8Array(32).fill(7), new Uint8Array(16).fill(9)];
  const sealer = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const plain = new TextEncoder().encode(JSON.stringify(session));
  const whole = Buffer.from(await crypto.subtle.encrypt({name: 'AES-GCM', iv: nonce}, sealer, plain));
  const parts = [Buffer.from(nonce), whole.subarray(-16), whole.subarray(0, -16)];
  return sealed({
    'auth.v2.key': Buffer.from(key).toString('base64'),
    'auth.v2.file': parts.map(part => part.toString('base64')).join(':'),
  });
}
const tokenOf = (claims: object): string =>
  `HEADER.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.SIGNATURE`;

describe('Droid’s own sign-in', () => {
  const found = async (files: Record<string, unknown>) => factory.discover((await withHome(files)).machine());

  it('is opened with the key beside it', async () => {
    expect(await found(sealed())).toMatchObject([
      {
        ...{source: 'droid auth.v2.file', place: 'Droid', label: 'Droid', expiresAt: null},
        secrets: ['HEADER.PAYLOAD.SIG', 'fake', 'org_FAKE'],
        credential: {key: 'HEADER.PAYLOAD.SIG', renew: {code: 'run', command: 'droid'}},
      },
    ]);
  });

  it('keeps its account when the token is renewed, and has its end and its name from it', async () => {
    const session = (exp: number) => ({
      access_token: tokenOf({sub: 'user_1', exp, email: 'user@example.com'}),
      active_organization_id: 'org_1',
    });
    const [before] = await found(await sealedSession(session(now / 1000 + 60)));
    const [after] = await found(await sealedSession(session(now / 1000 + 600)));
    expect(before).toMatchObject({label: 'user@example.com', expiresAt: now + 60_000});
    expect(after?.key).toBe(before?.key);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
  });

  it('that has ended is not sent', async () => {
    const files = await sealedSession({access_token: tokenOf({sub: 'user_1', exp: now / 1000 - 60})});
    const requests: string[] = [];
    const asked = askByKey(
      factory,
      {},
      path => {
        requests.push(path);
        return ok(fixture('limits'));
      },
      files,
    );
    await expect(asked).rejects.toMatchObject({code: 'expired', remedy: {code: 'run', command: 'droid'}});
    expect(requests).toEqual([]);
  });

  it('that is refused has expired, as a token ends', async () => {
    const asked = askByKey(factory, {}, {status: 401, body: {}}, sealed());
    await expect(asked).rejects.toMatchObject({code: 'expired', remedy: {code: 'run', command: 'droid'}});
    const forbidden = askByKey(factory, {}, {status: 403, body: {}}, sealed());
    await expect(forbidden).rejects.toMatchObject({code: 'auth_rejected'});
  });

  it.each([
    ['another key', {'auth.v2.key': Buffer.alloc(32, 1).toString('base64')}],
    ['a key that is none', {'auth.v2.key': 'not base64!'}],
    ['no parts', {'auth.v2.file': 'abcd'}],
    ['too many parts', {'auth.v2.file': `${pair['auth.v2.file']}:AAAA`}],
    ['nothing in it', {'auth.v2.file': ''}],
  ])('with %s is shown as a login that cannot be read, with nothing of it', async (_, more) => {
    const accounts = await found(sealed(more));
    expect(accounts).toMatchObject([
      {credential: null, problem: {code: 'no_credentials', remedy: {code: 'run', command: 'droid'}}},
    ]);
    expect(JSON.stringify(accounts)).not.toContain(pair['auth.v2.key']);
  });

  it('without its key is shown as well; a key alone is no login', async () => {
    const {'.factory/auth.v2.key': key = '', ...login} = sealed();
    expect(await found(login)).toMatchObject([
      {problem: {detail: expect.stringContaining('key beside it is missing')}},
    ]);
    expect(await found({'.factory/auth.v2.key': key})).toEqual([]);
    expect(await found(await sealedSession({refresh_token: 'fake'}))).toEqual([]);
  });
});

describe('a key of Factory', () => {
  const sources = async (files: Record<string, unknown>, options = {}) =>
    (await factory.discover((await withHome(files)).machine(options))).map(({source}) => source);

  it.each([
    'FACTORY_API_KEY=fk-a',
    'export FACTORY_API_KEY="fk-a"',
    "# comment\nFACTORY_API_KEY=fk-old\n  FACTORY_API_KEY = 'fk-a'  \r\n",
    'FACTORY_API_KEY=fk-a # mine',
  ])('is found in the file %j', async text => {
    const accounts = await factory.discover((await withHome({'.factory/.env': text})).machine());
    expect(accounts).toMatchObject([
      {source: 'factory .env', place: 'Factory environment file', credential: {key: 'fk-a'}},
    ]);
  });

  it.each(['', 'FACTORY_API_KEY=', '#FACTORY_API_KEY=fk-a', 'MY_FACTORY_API_KEY=fk-a'])(
    'is not in the file %j',
    async text => {
      expect(await sources({'.factory/.env': text})).toEqual([]);
    },
  );

  it('in two places is one account; others are accounts of their own', async () => {
    const entry = {id: 's', provider: 'factory', secret: 'fk-b', fields: {}};
    const stored = async (provider: string) => (provider === entry.provider ? [entry] : []);
    const files = {...sealed(), '.factory/.env': 'FACTORY_API_KEY=fk-a'};
    const machine = (await withHome(files)).machine({stored, env: {FACTORY_API_KEY: 'fk-a'}});
    const accounts = await factory.discover(machine);
    const places = ['FACTORY_API_KEY', 'mystatus-tui login', 'droid auth.v2.file'];
    expect(accounts.map(({source}) => source)).toEqual(places);
    for (const account of accounts) expect(await factory.discover(machine, [account.place ?? ''])).toEqual([account]);
  });

  it('of the demo is accepted', async () => {
    const {reading} = await askByKey(
      factory,
      {},
      path =>
        demo.answer(
          {method: 'GET', path, headers: {authorization: 'Bearer fk-demo-factory-0123456789'}, body: ''},
          now,
        ),
      demo.files(now),
    );
    expect(reading).toMatchObject({plan: 'Pro', windows: [{id: '5h'}, {id: 'weekly'}, {id: 'monthly'}, {}, {}]});
  });
});
