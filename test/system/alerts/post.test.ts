import {describe, expect, it, onTestFinished} from 'vitest';
import {post} from '../../../src/system/alerts/post.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {type Handler, startService} from '../../support/service.ts';

async function hook(handler: Handler) {
  const service = await startService(handler);
  onTestFinished(() => service.close());
  const waits: number[] = [];
  const clock = {
    ...createFakeClock(),
    after(ms: number, run: () => void) {
      waits.push(ms);
      run();
      return () => {};
    },
  };
  const send = (path = '/hook?token=obviously-fake', longestMs = 5000) =>
    post(`${service.origin}${path}`, {text: 'hello'}, {env: {}, version: '0', clock, longestMs});
  return {service, waits, send};
}

describe('an alert to a webhook', () => {
  it('is the JSON, posted to the whole address', async () => {
    const {service, send, waits} = await hook(() => ({status: 204, body: ''}));
    expect(await send()).toMatchObject({ok: true, how: expect.stringContaining('HTTP 204')});
    expect(service.requests).toMatchObject([
      {
        method: 'POST',
        path: '/hook?token=obviously-fake',
        body: '{"text":"hello"}',
        headers: {'content-type': 'application/json'},
      },
    ]);
    expect(waits).toEqual([]);
  });
  it('is tried once more after 30 s, and no more', async () => {
    const {service, send, waits} = await hook(() => ({status: 503, body: ''}));
    expect(await send()).toMatchObject({ok: false, how: expect.stringContaining('HTTP 503')});
    expect([service.requests.length, waits]).toEqual([2, [30_000]]);
    let asked = 0;
    service.answerWith(() => ({status: ++asked === 1 ? 500 : 200, body: ''}));
    expect(await send()).toMatchObject({ok: true});
  });
  it('is not tried again where it is refused', async () => {
    const {service, send} = await hook(() => ({status: 404, body: ''}));
    expect(await send()).toMatchObject({ok: false});
    expect(service.requests).toHaveLength(1);
  });
  it('follows no redirect', async () => {
    const other = await hook(() => ({status: 200, body: ''}));
    const {service, send} = await hook(() => ({
      status: 307,
      headers: {location: `${other.service.origin}/elsewhere`},
      body: '',
    }));
    expect(await send()).toMatchObject({ok: false, how: expect.stringContaining('redirected')});
    expect([service.requests.length, other.service.requests.length]).toEqual([1, 0]);
  });
  it('gives up on one that does not answer in time', async () => {
    const {service, send} = await hook(() => ({misbehave: 'stall-headers'}));
    expect(await send('/hook', 50)).toMatchObject({ok: false});
    expect(service.requests).toHaveLength(2);
  });
  it('goes nowhere without TLS, but to this machine; no secret of the address is in what is said', async () => {
    const clock = createFakeClock();
    for (const address of [
      'http://hooks.example/obviously-fake',
      'https://user:obviously-fake@hooks.example',
      'ftp://hooks.example/obviously-fake',
      'obviously-fake',
    ]) {
      const {ok, how} = await post(address, {}, {env: {}, version: '0', clock});
      expect([ok, how.includes('obviously-fake')]).toEqual([false, false]);
    }
    const {send} = await hook(() => ({status: 403, body: ''}));
    expect((await send()).how).not.toContain('obviously-fake');
  });
});
