import {readFileSync} from 'node:fs';
import {chmod} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {alibaba} from '../../../src/providers/alibaba/index.ts';
import {withHome} from '../shared/home.ts';
import {failureThrough, found, readThrough, testVendorProgram, withProgram} from '../shared/vendor-program.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/alibaba/${name}.json`, import.meta.url), 'utf8');
const login = {'.bailian/config.json': {access_token: 'fake-console-token', api_key: 'sk-fake'}};

testVendorProgram(alibaba, {
  ...{name: 'bl', files: login, version: 'bl 2.8.0', usage: fixture('token-plan')},
  others: [
    ['', 'no_credentials'],
    ['2.8.0', 'no_credentials'],
    ['blog 2.8.0', 'no_credentials'],
    ['bl 1.15.0', 'bad_response'],
    ['bailian-cli/1.9.12', 'bad_response'],
  ],
});

type Answers = {token?: string; coding?: string; status?: string};
const printing = (name: string) => `cat HOME/${name}.json`;
const failing = (code: number, words: string) => `echo '${words}' >&2; exit ${code}`;

/** A stand-in that does so for each of the three commands. */
function fakeOf({token = printing('none'), coding = printing('none'), status = 'exit 1'}: Answers) {
  const script = `case "$1 $2" in
    --version*) echo 'bl 2.8.0';;
    'usage token-plan') ${token};;
    'usage coding-plan') ${coding};;
    'auth status') ${status};;
    *) exit 2;;
  esac`;
  const names = ['token-plan', 'token-plan-week-only', 'token-plan-idle', 'coding-plan', 'none'];
  const files = Object.fromEntries(names.map(name => [`${name}.json`, fixture(name)]));
  return withProgram('bl', script, {...login, ...files});
}
const tokenPlan = printing('token-plan');
const codingPlan = printing('coding-plan');
const json = '--output json --quiet';

describe('bl', () => {
  it('is asked for both plans, one after the other, and kept from updating itself', async () => {
    const fake = await fakeOf({token: tokenPlan, coding: codingPlan});
    const {plan, windows, notes} = await readThrough(fake, alibaba);
    expect(await fake.calls()).toEqual(['--version', `usage token-plan ${json}`, `usage coding-plan ${json}`]);
    const ids = ['5h', 'weekly', 'coding/5h', 'coding/weekly', 'coding/monthly'];
    expect([plan, windows.map(({id}) => id), notes]).toEqual(['Token Plan, Coding Plan Pro', ids, []]);
  });

  it.each([
    [{token: tokenPlan}, 'Token Plan', 2],
    [{coding: codingPlan}, 'Coding Plan Pro', 3],
    [{}, null, 0],
  ])('is silent of a plan that is not there: %j', async (answers, plan, count) => {
    const reading = await readThrough(await fakeOf(answers), alibaba);
    expect([reading.plan, reading.windows.length, reading.notes]).toEqual([plan, count, []]);
  });

  it.each([failing(1, 'boom'), 'echo hello', 'echo \'{"unknown": 1}\'', failing(4, 'quota')])(
    'that fails for one plan is read for the other, with a note: %s',
    async token => {
      const reading = await readThrough(await fakeOf({token, coding: codingPlan}), alibaba);
      expect(reading).toMatchObject({plan: 'Coding Plan Pro', notes: [{code: 'alibaba/unread', text: 'Token Plan'}]});
      const other = await readThrough(await fakeOf({token: tokenPlan, coding: token}), alibaba);
      expect(other).toMatchObject({plan: 'Token Plan', notes: [{code: 'alibaba/unread', text: 'Coding Plan'}]});
    },
  );

  it('that fails for one plan fails where the other is not there: that one may be the only one', async () => {
    expect((await failureThrough(await fakeOf({token: failing(1, 'boom')}), alibaba)).code).toBe('server_error');
    expect((await failureThrough(await fakeOf({coding: failing(1, 'boom')}), alibaba)).code).toBe('server_error');
  });

  const signedIn = 'echo \'{"authenticated": true, "console": {"source": "oauth", "site": "domestic"}}\'';
  const signedOut = 'echo \'{"authenticated": true, "api_key": {"source": "config"}}\'';
  it.each<[string, string | undefined, string]>([
    [failing(3, ''), undefined, 'expired'],
    [failing(1, 'Console session is not logged in or has expired.'), undefined, 'expired'],
    [failing(1, 'NotLogined'), undefined, 'expired'],
    ['echo "not logged in"', undefined, 'expired'],
    [failing(1, 'Console gateway error: NoPermission'), signedOut, 'expired'],
    [failing(1, 'Console gateway error: NoPermission'), 'exit 3', 'expired'],
    [failing(1, 'Console gateway error: NoPermission'), signedIn, 'scope_missing'],
    [failing(2, 'Unknown command'), undefined, 'bad_response'],
    [failing(5, 'Request timed out.'), undefined, 'timeout'],
    [failing(6, 'Network request failed'), undefined, 'network'],
    [failing(1, 'Throttling.User'), undefined, 'rate_limited'],
    [failing(1, 'someone is out of luck'), undefined, 'server_error'],
    ['kill -9 $$', undefined, 'server_error'],
    ['echo \'{"unknown": 1}\'', undefined, 'bad_response'],
  ])('that answers with %s ends as it should: %s, %s', async (answer, status, code) => {
    const fake = await fakeOf({token: answer, coding: answer, ...(status && {status})});
    const failure = await failureThrough(fake, alibaba);
    expect([failure.code, failure.message.includes('someone')]).toEqual([code, false]);
  });

  it('is not asked further where its login has ended, and says what to do', async () => {
    const fake = await fakeOf({token: failing(3, '')});
    const remedy = {code: 'run', command: 'bl auth login --console'};
    expect((await failureThrough(fake, alibaba)).remedy).toEqual(remedy);
    expect(await fake.calls()).toEqual(['--version', `usage token-plan ${json}`]);
    const unknown = failing(2, 'Unknown command');
    expect((await failureThrough(await fakeOf({token: unknown, coding: unknown}), alibaba)).remedy).toEqual({
      code: 'update',
      name: 'bailian-cli',
      version: '1.15.1',
    });
  });

  it('tells the shape of an answer that no rule reads, and nothing of it', async () => {
    const fake = await fakeOf({token: 'echo \'{"secret": "value"}\'', coding: 'echo hello'});
    expect((await failureThrough(fake, alibaba)).shape).toBe('{secret: string}');
  });

  it('is found under its other name as well', async () => {
    const fake = await withProgram('bailian', '', login);
    expect(await found(fake, alibaba)).toMatchObject([{credential: {path: fake.path}}]);
    await fake.home.write('bin/bl', '#!/bin/sh\n');
    await chmod(join(fake.home.path, 'bin/bl'), 0o755);
    expect(await found(fake, alibaba)).toMatchObject([{credential: {path: join(fake.home.path, 'bin/bl')}}]);
  });
});

describe('a login of bl', () => {
  const count = async (config: unknown, env: Record<string, string> = {}) =>
    (
      await found(
        await withProgram('bl', '', config === undefined ? {} : {'.bailian/config.json': config}),
        alibaba,
        env,
      )
    ).length;

  it.each([
    [{access_token: 'fake'}, 1],
    [{accessToken: 'fake'}, 1],
    [{active_config: 'work', configs: {work: {access_token: 'fake'}}}, 1],
    [{api_key: 'sk-fake', access_key_id: 'fake', access_key_secret: 'fake'}, 0],
    [{access_token: ''}, 0],
    [[], 0],
    [undefined, 0],
  ])('is one to the console: %j', async (config, expected) => {
    expect(await count(config)).toBe(expected);
  });

  it('may be in a variable, or in another directory', async () => {
    expect(await count(undefined, {DASHSCOPE_ACCESS_TOKEN: 'fake'})).toBe(1);
    const fake = await withProgram('bl', '', {'other/config.json': {access_token: 'fake'}});
    expect(await found(fake, alibaba, {BAILIAN_CONFIG_DIR: join(fake.home.path, 'other')})).toHaveLength(1);
    expect(await found(fake, alibaba, {BAILIAN_CONFIG_DIR: 'other'})).toEqual([]);
  });

  it('that cannot be read is a problem, where bl is there', async () => {
    const files = {'.bailian/config.json': '{"access_token": '};
    const problem = {code: 'no_credentials', remedy: {code: 'fix-file', name: 'bl config.json'}};
    expect(await found(await withProgram('bl', '', files), alibaba)).toMatchObject([{problem}]);
    expect(await alibaba.discover((await withHome(files)).machine())).toEqual([]);
  });

  it('is the same account after another sign-in, and its token is kept out of every message', async () => {
    const fake = await fakeOf({});
    const [before] = await found(fake, alibaba);
    await fake.home.write('.bailian/config.json', {access_token: 'another-fake-console-token'});
    const [after] = await found(fake, alibaba);
    expect([after?.key, after?.secrets]).toEqual([before?.key, ['another-fake-console-token']]);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
    expect(after?.credential).toEqual({path: fake.path});
  });
});
