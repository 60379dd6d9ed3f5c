import {expect, it} from 'vitest';
import type {ForecastOf} from '../../src/core/foresight/forecasts.ts';
import {type MonitorState, ProviderError} from '../../src/core/model.ts';
import type {RequestCount} from '../../src/core/polling/request-counts.ts';
import {createStore} from '../../src/core/store.ts';
import {metricsText} from '../../src/metrics/prometheus.ts';
import {aMonitor, anAccount, aProvider, aReading} from '../support/monitor.ts';
import {account, failure, minute, monitorState, reading, someNow, window} from '../support/state.ts';

type More = {now?: number; forecastOf?: ForecastOf; requests?: RequestCount[]};

/** The lines of `/metrics` that give a value. */
async function linesOf(state: MonitorState, {now = someNow, forecastOf = () => null, requests = []}: More = {}) {
  const monitor = {store: createStore(state), forecasts: createStore(forecastOf), requests: () => requests};
  const {body} = await metricsText({monitor, now: () => now});
  return body.split('\n').filter(line => line !== '' && !line.startsWith('#'));
}

const about = (lines: readonly string[], name: string): string[] =>
  lines.filter(line => line.startsWith(`${name}{`)).map(line => line.slice(name.length));

const known = account('openai:3f2a91c0', 'user@example.com', reading('Plus', [window('5h', 137, 20 * minute)]), {
  readAt: someNow - 3 * minute,
  dueAt: someNow + 2 * minute,
});

it('tells a limit, its reset, its length, when it was read and when it is read next', async () => {
  expect(await linesOf(monitorState([known]))).toEqual([
    'mystatus_used_ratio{provider="openai",account="openai:3f2a91c0",window="5h"} 1.37',
    `mystatus_reset_timestamp_seconds{provider="openai",account="openai:3f2a91c0",window="5h"} ${someNow / 1000 + 1200}`,
    'mystatus_window_seconds{provider="openai",account="openai:3f2a91c0",window="5h"} 18000',
    'mystatus_up{provider="openai",account="openai:3f2a91c0"} 1',
    `mystatus_last_success_timestamp_seconds{provider="openai",account="openai:3f2a91c0"} ${someNow / 1000 - 180}`,
    `mystatus_next_poll_timestamp_seconds{provider="openai",account="openai:3f2a91c0"} ${someNow / 1000 + 120}`,
  ]);
});

it('has no series for what is not known, and never a zero in its place', async () => {
  const windows = [
    window('a', {state: 'unknown', why: 'no figure'}, null),
    window('b', {state: 'unlimited', used: 3}, null),
    window('c', {state: 'not-started'}, null),
  ];
  const unread = account('zai:77fe0a12', 'key', null, {readAt: null, dueAt: null});
  const lines = await linesOf(monitorState([account('openai:1', 'a', reading(null, windows), {dueAt: null}), unread]));
  expect(lines.map(line => line.replace(/\{.*/, ''))).toEqual([
    'mystatus_up',
    'mystatus_last_success_timestamp_seconds',
  ]);
});

it('has no used share once the reset is over, and the account that is gone has no series', async () => {
  const after = await linesOf(monitorState([known]), {now: someNow + 21 * minute});
  expect(about(after, 'mystatus_used_ratio')).toEqual([]);
  expect(about(after, 'mystatus_window_seconds')).toHaveLength(1);
  const requests: RequestCount[] = [{provider: 'zai', account: 'zai:gone', outcome: 'ok', count: 4}];
  expect((await linesOf(monitorState([known]), {requests})).filter(line => line.includes('gone'))).toEqual([]);
});

it('keeps the last good figures of an account that fails, and says that it is down', async () => {
  const lines = await linesOf(monitorState([{...known, failure: failure('server_error'), failures: 1}]));
  expect(about(lines, 'mystatus_up')).toEqual(['{provider="openai",account="openai:3f2a91c0"} 0']);
  expect(about(lines, 'mystatus_used_ratio')).toHaveLength(1);
});

it('tells amounts by id and unit, and the probability to run out', async () => {
  const times = {runOutAt: null, range: null, usedAtReset: null, usedRange: null, learnedFrom: null};
  const made = {verdict: 'may-run-out' as const, probability: 0.25, ...times};
  const amounts = [
    {id: 'balance' as const, value: 796.25, unit: 'usd' as const},
    {id: 'balance' as const, value: -3, unit: 'cny' as const},
  ];
  const state = monitorState([{...known, reading: reading('Plus', [window('weekly', 12, minute)], amounts)}]);
  const lines = await linesOf(state, {forecastOf: () => made});
  expect(about(lines, 'mystatus_amount')).toEqual([
    '{provider="openai",account="openai:3f2a91c0",amount="balance",unit="usd"} 796.25',
    '{provider="openai",account="openai:3f2a91c0",amount="balance",unit="cny"} -3',
  ]);
  expect(about(lines, 'mystatus_exhaustion_probability')).toEqual([
    '{provider="openai",account="openai:3f2a91c0",window="weekly"} 0.25',
  ]);
});

it('lets no id end a label, a line or the text, and shows no name', async () => {
  const hostile = `x"} 1\nevil{a="\\\u001b[31m\u202e`;
  const lines = await linesOf(monitorState([{...known, reading: reading('Plus', [window(hostile, 5, minute)])}]));
  expect(about(lines, 'mystatus_used_ratio')).toEqual([
    '{provider="openai",account="openai:3f2a91c0",window="x\\"} 1 evil{a=\\"\\\\"} 0.05',
  ]);
  expect(lines.every(line => line.startsWith('mystatus_'))).toBe(true);
  expect(lines.join()).not.toContain('user@example.com');
});

it('counts the requests of the real monitor by how they ended, and the second one with a renewed login too', async () => {
  const provider = aProvider('openai');
  const {monitor, clock} = aMonitor([provider]);
  const read = async (): Promise<string[]> => {
    await monitor.readOnce({timeoutMs: 1000, maxAgeMs: 0});
    await clock.advance(minute);
    const {body} = await metricsText({monitor, now: clock.now});
    return about(body.split('\n'), 'mystatus_requests_total').map(line => line.replace(/.*outcome=/, ''));
  };
  expect(await read()).toEqual(['"ok"} 1']);
  provider.answer = async () => {
    provider.accounts = [anAccount({fingerprint: 'f2'})];
    provider.answer = async () => aReading();
    throw new ProviderError('expired');
  };
  expect(await read()).toEqual(['"ok"} 2', '"expired"} 1']);
  expect(provider.fetched).toEqual(['f1', 'f1', 'f2']);
});
