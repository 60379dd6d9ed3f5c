import {afterEach, describe, expect, it} from 'vitest';
import {createOutlet} from '../../src/core/alerts/outlet.ts';
import type {MonitorState} from '../../src/core/model.ts';
import type {Report} from '../../src/output/report.ts';
import {fakeProgram} from '../support/program.ts';
import {type Answered, type Served, serveFake} from '../support/served.ts';
import {account, fresh, monitorState, reading, someNow, window} from '../support/state.ts';
import {until} from '../support/until.ts';

const running: Served[] = [];
const serve = async (...parts: Parameters<typeof serveFake>): Promise<Served> => {
  const served = await serveFake(...parts);
  running.push(served);
  return served;
};
afterEach(async () => {
  for (const served of running.splice(0)) await served.close();
});

const reportIn = ({body}: Answered): Report => JSON.parse(body) as Report;
const oneAccount = (usedPercent: number): MonitorState =>
  monitorState([
    account('openai:3f2a91c0', 'user@example.com', reading('Plus', [window('5h', usedPercent, 3_600_000)])),
  ]);
const stream = (path = '/v1/events', headers = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;

describe('GET /v1/readings', () => {
  it('is the JSON of --json', async () => {
    const {ask} = await serve(fresh());
    const answer = await ask('/v1/readings');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    const report = reportIn(answer);
    expect(report.schema).toBe('mystatus/v1');
    expect(report.generatedAt).toBe(new Date(someNow).toISOString());
    expect(report.accounts.map(each => each.account)).toContain('openai:3f2a91c0');
    expect(report.accounts[0]?.windows[0]).toMatchObject({id: '5h', usedPercent: 62, state: 'known'});
  });

  it('has a tag of the accounts, whenever it was made: what is known is not sent again', async () => {
    const {ask, program} = await serve(fresh());
    const {etag = ''} = (await ask('/v1/readings')).headers;
    program.time.now += 5000;
    const later = await ask('/v1/readings');
    expect(later.headers.etag).toBe(etag);
    expect(reportIn(later).generatedAt).toBe(new Date(someNow + 5000).toISOString());
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await ask('/v1/readings', {headers: {'If-None-Match': known}});
      expect([again.status, again.body]).toEqual([304, '']);
    }
    program.state.set(oneAccount(99));
    const changed = await ask('/v1/readings', {headers: {'If-None-Match': etag}});
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(etag);
  });

  it('hides who is signed in where the settings say so, as the page and the events do', async () => {
    const display = {...(await serve(fresh())).program.settings.store.get().settings.display, privacy: true};
    const {ask, open} = await serve(fresh(), {}, {display});
    const texts = [(await ask('/v1/readings')).body];
    for (const path of ['/v1/events', '/page/events']) {
      const {text, socket} = open(stream(path));
      await until(() => text().includes('Plus'), text);
      texts.push(text());
      socket.destroy();
    }
    for (const text of texts) expect(text).not.toMatch(/user@example|octo"/);
  });
});

describe('every answer', () => {
  it('comes without a body to HEAD, and only GET is answered beside it', async () => {
    const {ask} = await serve(fresh());
    for (const path of ['/', '/v1/readings', '/metrics', '/healthz', '/v1/events']) {
      const {status, body} = await ask(path, {method: 'HEAD'});
      expect([path, status, body]).toEqual([path, 200, '']);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) {
      const {status, headers} = await ask('/v1/readings', {method});
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('is 404 for what is not there, and takes no notice of a query', async () => {
    const {ask} = await serve(fresh());
    for (const path of ['/v2/readings', '/favicon.ico', '/constructor', '/page.js.map', '/index.html', '/v1'])
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    for (const path of ['/v1/readings?since=1&x=%00', '/healthz?', '/?utm=1'])
      expect((await ask(path)).status).toBe(200);
  });

  it('may be kept, framed, guessed at and asked for by nobody else', async () => {
    const {ask} = await serve(fresh());
    for (const path of ['/', '/v1/readings', '/metrics', '/healthz', '/nowhere']) {
      const {headers} = await ask(path);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cache-control']).toMatch(/^no-(store|cache)$/);
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    }
    const {headers} = await ask('/');
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
  });

  it('says that it polls, or that it does not', async () => {
    const {ask, program} = await serve(fresh());
    expect(await ask('/healthz')).toMatchObject({status: 200, body: 'ok\n'});
    program.state.update(state => ({...state, paused: true}));
    expect((await ask('/healthz')).status).toBe(503);
  });

  it('has metrics, and says what they need where that is missing', async () => {
    const {ask} = await serve(fresh());
    const {body, headers} = await ask('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain; version=/);
    expect(body).toContain('mystatus_used_ratio{provider="openai",account="openai:3f2a91c0",window="5h"} 0.62');
    const without = await serve(fresh(), {metrics: () => Promise.reject(new Error('metrics need the package x'))});
    expect(await without.ask('/metrics')).toMatchObject({
      status: 501,
      body: '{"error":"metrics need the package x"}\n',
    });
  });
});

describe('who may ask', () => {
  it('needs the token for all but the files of the page, once there is one', async () => {
    const token = 'not-a-real-token';
    const {ask} = await serve(fresh(), {token});
    const right = {Authorization: `Bearer ${token}`};
    for (const path of ['/v1/readings', '/metrics', '/healthz', '/page/history', '/nowhere']) {
      const {status, headers, body} = await ask(path);
      expect([path, status]).toEqual([path, 401]);
      expect(headers['www-authenticate']).toMatch(/^Bearer/);
      expect(body).not.toContain('openai');
    }
    for (const wrong of ['Bearer ', 'Bearer', token, `Basic ${token}`, `Bearer ${token}x`, `Bearer ${token.slice(1)}`])
      expect([wrong, (await ask('/healthz', {headers: {Authorization: wrong}})).status]).toEqual([wrong, 401]);
    expect((await ask('/healthz', {headers: right})).status).toBe(200);
    expect((await ask('/healthz', {headers: {Authorization: `bearer ${token}`}})).status).toBe(200);
    expect((await ask('/?token=not-a-real-token')).status).toBe(200);
    expect((await ask('/v1/readings?token=not-a-real-token')).status).toBe(401);
    for (const path of ['/', '/page.js', '/page.css', '/icon.svg']) expect((await ask(path)).status).toBe(200);
  });

  it('must name a host that is ours', async () => {
    const {ask, port} = await serve(fresh(), {allowedHosts: ['limits.example']});
    const as = async (Host: string) => (await ask('/v1/readings', {headers: {Host}})).status;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'localhost', 'limits.example'])
      expect([host, await as(host)]).toEqual([host, 200]);
    for (const host of ['evil.example', `evil.example:${port}`, '192.0.2.7', 'localhost.evil.example', '0.0.0.0'])
      expect([host, await as(host)]).toEqual([host, 421]);
  });

  it('is no page of another site', async () => {
    const {ask, port} = await serve(fresh());
    const as = async (headers: Record<string, string>, path = '/v1/readings') => (await ask(path, {headers})).status;
    expect(await as({'Sec-Fetch-Site': 'cross-site'})).toBe(403);
    expect(await as({'Sec-Fetch-Site': 'same-site'})).toBe(403);
    expect(await as({Origin: 'https://evil.example'})).toBe(403);
    expect(await as({Origin: 'null'})).toBe(403);
    expect(await as({Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'same-origin'})).toBe(200);
    expect(await as({'Sec-Fetch-Site': 'none'})).toBe(200);
    const link = {'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document'};
    expect(await as(link, '/')).toBe(200);
    expect(await as(link)).toBe(403);
    expect(await as({...link, 'Sec-Fetch-Dest': 'iframe'}, '/')).toBe(403);
  });

  it('is told to wait when there is too much of it, and guessing tokens costs more', async () => {
    const {ask} = await serve(fresh(), {rate: {burst: 5, perSecond: 0}});
    const statuses = [];
    for (let count = 0; count < 7; count++) statuses.push((await ask('/healthz')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const guarded = await serve(fresh(), {token: 'not-a-real-token', rate: {burst: 43, perSecond: 0}});
    const guesses = [];
    for (let count = 0; count < 4; count++)
      guesses.push((await guarded.ask('/healthz', {headers: {Authorization: `Bearer guess${count}`}})).status);
    expect(guesses).toEqual([401, 401, 429, 429]);
  });
});

describe('GET /v1/events', () => {
  it('tells every account at first, and then those that have changed', async () => {
    const {open, program, ask} = await serve(fresh());
    const {text} = open(stream());
    await until(() => text().includes('zhipu'), text);
    expect(text()).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(text()).toContain('Content-Type: text/event-stream');
    expect(readingsIn(text()).map(each => each.account)).toEqual(
      reportIn(await ask('/v1/readings')).accounts.map(each => each.account),
    );
    const before = readingsIn(text()).length;
    program.state.set(oneAccount(77));
    await until(() => readingsIn(text()).length > before, text);
    expect(readingsIn(text()).slice(before)).toMatchObject([
      {account: 'openai:3f2a91c0', windows: [{usedPercent: 77}]},
    ]);
  });

  it('does not tell that an account is only asked at another time', async () => {
    const {open, program} = await serve(oneAccount(10));
    const {text} = open(stream());
    await until(() => readingsIn(text()).length === 1, text);
    const move = (change: object) =>
      program.state.update(state => ({
        ...state,
        accounts: Object.fromEntries(Object.entries(state.accounts).map(([key, each]) => [key, {...each, ...change}])),
      }));
    move({dueAt: someNow + 999_000});
    move({dueAt: someNow + 5000, refreshing: true});
    program.state.set(oneAccount(11));
    await until(() => readingsIn(text()).length >= 2, text);
    expect(readingsIn(text()).map(each => each.windows[0]?.usedPercent)).toEqual([10, 11]);
  });

  it('tells an alert as an event', async () => {
    const outlet = createOutlet(() => undefined);
    const {open} = await serve(oneAccount(10), {services: {...fakeProgram(oneAccount(10)), alerts: outlet}});
    const {text} = open(stream());
    await until(() => readingsIn(text()).length === 1, text);
    const limit = {provider: 'openai', account: 'openai:3f2a91c0', label: 'user@example.com', window: '5h'};
    const figures = {usedPercent: 91, usedBefore: null, resetsAt: null, threshold: 90, failure: null, forecast: null};
    outlet.tell([{event: 'threshold', at: someNow, ...limit, ...figures}]);
    await until(() => text().includes('event: event'), text);
    expect(text()).toMatch(/event: event\ndata: \{"schema":"mystatus-event\/v1","event":"threshold"/);
  });

  it('hangs up on a listener that does not read, and goes on for the others', async () => {
    const many = Array.from({length: 1500}, (_, at) =>
      account(`openai:${String(at).padStart(8, '0')}`, 'x'.repeat(190), reading('Plus', [window('5h', 1, 3_600_000)])),
    );
    const {open, program} = await serve(monitorState(many));
    const rounds = 16;
    const deaf = open(stream());
    deaf.socket.once('connect', () => deaf.socket.pause());
    let last = '';
    const {socket} = open(stream());
    socket.on('data', chunk => {
      last = `${last}${chunk}`.slice(-2000);
    });
    // A megabyte each time: together more than the two ends of a connection keep for somebody.
    for (let round = 1; round <= rounds; round++) {
      program.state.set(monitorState(many.map(each => ({...each, label: `round ${round} ${each.label}`}))));
      await until(
        () => last.includes('openai:00001499') && last.includes(`"round ${round} `),
        () => last,
      );
    }
    expect(socket.destroyed).toBe(false);
    deaf.socket.resume();
    await deaf.closed;
    expect(deaf.text()).not.toContain(`round ${rounds} `);
  });
});

type Told = Report['accounts'][number];
const readingsIn = (text: string): Told[] =>
  [...text.matchAll(/event: reading\ndata: (.*)\n/g)].map(([, data = '']) => JSON.parse(data) as Told);
