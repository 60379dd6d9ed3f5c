import {expect, it} from 'vitest';
import type {ForecastOf, WindowForecast} from '../../src/core/foresight/forecasts.ts';
import {createForecasts} from '../../src/core/foresight/forecasts.ts';
import type {Usage} from '../../src/core/foresight/usage.ts';
import type {SeriesHistory} from '../../src/core/ledger.ts';
import type {AccountState} from '../../src/core/model.ts';
import {forecastText, reportForecast} from '../../src/output/forecast-report.ts';
import {judge} from '../../src/output/guard.ts';
import {renderStatusline} from '../../src/output/statusline.ts';
import {account, day, failure, hour, minute, monitorState, reading, someNow, window} from '../support/state.ts';

const weekly = window('weekly', 60, 3 * day);
const of = (more: Partial<AccountState> = {}): AccountState =>
  account('openai:1', 'me@example.com', reading('Plus', [weekly]), {readAt: someNow - minute, ...more});
/** So many points in every hour of the last week. */
const history = (points: number) => {
  const first = Math.floor((someNow - 7 * day) / hour) * 3600;
  const usage = Array.from(
    {length: 7 * 24},
    (_, index): Usage => ({
      ...{span: 3600, at: first + index * 3600, last: 0, peak: 0},
      ...{added: points * 10, seen: 3600, bridged: false},
    }),
  );
  return [{account: 'openai:1', window: 'weekly', usage, turns: []}];
};

it('what was used before decides, and since when it is known is told', () => {
  const [busy, idle] = [2, 0].map(points => createForecasts(() => history(points), someNow)(of(), weekly));
  expect(busy?.verdict).toBe('runs-out');
  expect(idle?.verdict).toBe('lasts');
  expect(reportForecast(busy ?? null)?.learnedFrom).toBe(
    new Date(Math.floor((someNow - 7 * day) / hour) * hour).toISOString(),
  );
  expect(createForecasts(() => [], someNow)(of(), weekly)?.learnedFrom).toBeNull();
});

it('what a wrong clock told of a time to come counts for nothing', () => {
  const told = (aheadMs: number) => {
    const [known] = history(2);
    const ahead = (known?.usage ?? []).map(row => ({...row, at: row.at + aheadMs / 1000, added: 0}));
    return createForecasts(() => [{...known, usage: [...(known?.usage ?? []), ...ahead]} as SeriesHistory], someNow)(
      of(),
      weekly,
    );
  };
  const usual = createForecasts(() => history(2), someNow)(of(), weekly);
  for (const days of [8, 100, 400]) expect(told(days * day)).toEqual(usual);
});

it('an old reading, a failed one and a window without a reset time have no forecast', () => {
  const forecastOf = createForecasts(() => [], someNow);
  expect(forecastOf(of({readAt: someNow - hour}), weekly)).toBeNull();
  expect(forecastOf(of({failure: failure('network')}), weekly)).toBeNull();
  expect(forecastOf(of(), {...weekly, resetsAt: null})).toBeNull();
  expect(forecastOf(of(), {...weekly, use: {state: 'unlimited'}})).toBeNull();
});

const said =
  (probability: number | null, more: Partial<WindowForecast> = {}): ForecastOf =>
  () => ({
    verdict: probability === null ? 'too-early' : probability >= 0.6 ? 'runs-out' : 'lasts',
    probability,
    runOutAt: someNow + 5 * hour,
    range: [someNow + hour, someNow + 9 * hour],
    usedAtReset: 90,
    usedRange: [80, 100],
    learnedFrom: null,
    ...more,
  });
const guard = (forecastOf: ForecastOf, more: object = {}) =>
  judge(monitorState([of()]), {now: someNow, minRemaining: 0, maxRisk: 30, forecastOf, ...more});

it('guard: a risk that is too high, one that is not, one that cannot be told, and too little left', () => {
  expect(guard(said(0.72))).toEqual({
    exitCode: 1,
    line: 'too risky: openai me@example.com weekly: 72% that it runs out before it resets, 30% allowed',
  });
  expect(guard(said(0.3)).exitCode).toBe(0);
  expect(guard(said(0.301)).exitCode).toBe(1);
  expect(guard(said(null)).exitCode).toBe(3);
  expect(guard(() => null).exitCode).toBe(3);
  expect(guard(said(0.1), {minRemaining: 50}).exitCode).toBe(1);
});

it('the status line has the risk, and the time while there is a risk', () => {
  const line = (forecastOf: ForecastOf): string =>
    renderStatusline([of()], {
      ...{format: '{risk} {runout}', now: someNow, thresholds: {warn: 70, critical: 90}},
      forecastOf,
    });
  expect(line(said(0.72))).toBe('72% 5h');
  // No finer than a tenth of the range, and than the time that is left.
  const within = (runOutAt: number, range: number): string =>
    line(
      said(0.8, {
        runOutAt: someNow + runOutAt,
        range: [someNow + runOutAt - range / 2, someNow + runOutAt + range / 2],
      }),
    );
  expect(within(62 * minute, hour)).toBe('80% 1h 00m');
  expect(within(3 * hour + 5 * minute, hour)).toBe('80% 3h 00m');
  expect(within(31 * hour, 50 * hour)).toBe('80% 36h');
  expect(within(2.6 * day, 30 * hour)).toBe('80% 3d');
  // The half day that it lies in has begun.
  expect(within(2 * hour, 50 * hour)).toBe('80% 12h');
  expect(line(said(0.05))).toBe('5% –');
  expect(line(() => null)).toBe('– –');
});

it('guard: a risk that is too high is never told as the one that is allowed', () => {
  expect(guard(said(0.302)).line).toContain('31% that it runs out before it resets, 30% allowed');
  expect(guard(said(0.005)).line).toContain('0.5% that it runs out');
});

it('in words: each verdict once, no finer than it is known', () => {
  const line = (forecastOf: ForecastOf, usedPercent = 60): string =>
    forecastText([{account: of(), window: weekly, usedPercent, forecast: forecastOf(of(), weekly)}], someNow);
  expect(line(() => null)).toBe('openai:1 weekly: 60% used, no forecast\n');
  expect(line(() => null, 99.7)).toBe('openai:1 weekly: 99% used, no forecast\n');
  expect(line(said(null))).toMatch(/too early to say/);
  expect(line(said(0.72))).toMatch(
    /: 60% used, runs out about \d\d:00, between \d\d:00 and \d\d:00 \(8 times in 10\), 3d before the reset/,
  );
  const lasts = {runOutAt: null, range: null};
  expect(line(said(0.05, lasts))).toMatch(/lasts until the reset: 80–100% used by then/);
});
