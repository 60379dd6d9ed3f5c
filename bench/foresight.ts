import {type Forecast, forecastAt} from '../src/core/foresight/forecast.ts';
import type {Sample} from '../src/core/foresight/samples.ts';
import {emptySeries, take} from '../src/core/foresight/series.ts';
import {run} from '../test/support/run.ts';
import {type Kind, type Life, lifeOf, randomFrom, type Window} from './support/people.ts';
import {insist} from './support/process.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

/** The forecast beside even pace (used ÷ elapsed, drawn on to the reset), on invented people. */

const monday = Date.UTC(2026, 0, 5);
const kinds: readonly Kind[] = ['5h', 'day', 'weekly', 'monthly'];
const firstWeekMs = 7 * 24 * 3_600_000;

type Moment = {window: Window; sample: Sample & {usedPercent: number}; forecast: Forecast};

/** Moments at random over 3–97 % of each window; windows that the service cut short are left out. */
function momentsOf(life: Life, seed: number, each: number): Moment[] {
  const random = randomFrom(seed);
  const series = emptySeries();
  const moments: Moment[] = [];
  let at = 0;
  for (const sample of life.samples) {
    take(series, sample);
    while ((life.windows[at]?.resetsAt ?? Number.POSITIVE_INFINITY) <= sample.at || life.windows[at]?.cut) at += 1;
    const window = life.windows[at];
    if (window === undefined || sample.usedPercent === null || window.resetsAt !== sample.resetsAt) continue;
    const elapsed = (sample.at - window.from) / (window.resetsAt - window.from);
    if (elapsed < 0.03 || elapsed > 0.97 || sample.usedPercent >= 100 || random() > each) continue;
    // The last window may not have ended.
    if (at === life.windows.length - 1) continue;
    moments.push({
      window,
      sample: {...sample, usedPercent: sample.usedPercent},
      forecast: forecastAt(series, sample.at),
    });
  }
  return moments;
}

type Said = {probability: number; runOutAt: number; used: number};

function evenPace({window, sample}: Moment): Said {
  const elapsed = sample.at - window.from;
  const used = (sample.usedPercent * (window.resetsAt - window.from)) / elapsed;
  return used >= 100
    ? {probability: 0.95, runOutAt: window.from + (elapsed * 100) / sample.usedPercent, used: 100}
    : {probability: 0.05, runOutAt: window.resetsAt, used};
}

function ours({forecast, window}: Moment): Said | null {
  if (forecast.probability === null) return null;
  const runOutAt = forecast.probability >= 0.5 ? (forecast.runOutAt ?? window.resetsAt) : window.resetsAt;
  return {probability: forecast.probability, runOutAt, used: forecast.usedAtReset ?? 0};
}

type Errors = {brier: number; time: number; use: number};

function errorsOf(moments: readonly Moment[], say: (moment: Moment) => Said | null): Errors {
  const sums = {brier: 0, time: 0, use: 0};
  let count = 0;
  for (const moment of moments) {
    const said = say(moment);
    if (said === null) continue;
    const {window} = moment;
    count += 1;
    sums.brier += (said.probability - (window.ranOutAt === null ? 0 : 1)) ** 2;
    sums.time += Math.abs(said.runOutAt - (window.ranOutAt ?? window.resetsAt)) / (window.resetsAt - window.from);
    sums.use += Math.abs(Math.min(100, said.used) - window.used);
  }
  return {brier: sums.brier / count, time: (100 * sums.time) / count, use: sums.use / count};
}

const share = <T>(all: readonly T[], holds: (each: T) => boolean): number =>
  all.length === 0 ? Number.NaN : (100 * all.filter(holds).length) / all.length;

/** How often the ranges held, of those that were told. */
function held(moments: readonly Moment[]): {use: number; time: number; silent: number} {
  const told = moments.filter(({forecast}) => forecast.usedRange !== null);
  const out = told.filter(({forecast, window}) => forecast.range !== null && window.ranOutAt !== null);
  const later = moments.filter(({sample}) => sample.at > monday + firstWeekMs);
  return {
    use: share(told, ({forecast, window}) => isWithin(window.used, forecast.usedRange, 0.5)),
    time: share(out, ({forecast, window}) => isWithin(window.ranOutAt ?? 0, forecast.range, 5 * 60_000)),
    silent: share(later, ({forecast}) => forecast.probability === null),
  };
}

// Half a point is the service's rounding, five minutes the time between two polls.
const isWithin = (value: number, range: readonly [number, number] | null, slack: number): boolean =>
  range !== null && value >= range[0] - slack && value <= range[1] + slack;

/** Lines that `forecast --stdin` takes in a second, its start included, with a question behind every ten readings. */
async function linesPerSecond(program: string, lives: number): Promise<number> {
  const lines: string[] = [];
  for (let seed = 1; seed <= lives; seed += 1)
    for (const [index, sample] of lifeOf(seed, '5h', monday).samples.entries()) {
      lines.push(JSON.stringify({series: `a${seed}/5h`, ...sample}));
      if (index % 10 === 9) lines.push(JSON.stringify({ask: `a${seed}/5h`, now: sample.at, id: index}));
    }
  const startedAt = performance.now();
  insist(await run(['forecast', '--stdin'], {}, {program, cwd: '/', stdin: lines.join('\n')}));
  return (1000 * lines.length) / (performance.now() - startedAt);
}

export async function foresight({program}: Workshop, {quick}: BenchOptions): Promise<Table[]> {
  const people = quick ? 10 : 60;
  const rows = kinds.map(kind => {
    const moments = Array.from({length: people}, (_, index) => 1000 + index).flatMap(seed =>
      momentsOf(lifeOf(seed, kind, monday), seed, kind === '5h' || kind === 'day' ? 0.1 : 0.03),
    );
    const [even, own, ranges] = [errorsOf(moments, evenPace), errorsOf(moments, ours), held(moments)];
    const beside = (name: keyof Errors, digits: number): string =>
      `${own[name].toFixed(digits)} / ${even[name].toFixed(digits)} = ${(own[name] / even[name]).toFixed(2)}`;
    return [
      ...[kind, String(moments.length), share(moments, ({window}) => window.ranOutAt !== null).toFixed(0)],
      ...[beside('brier', 3), beside('time', 1), beside('use', 1)],
      ...[ranges.use.toFixed(0), ranges.time.toFixed(0), ranges.silent.toFixed(1)],
    ];
  });
  return [
    {
      title: `forecast / even pace = ratio, ${people} invented people, 16 weeks`,
      columns: [
        'window',
        'moments',
        'run out %',
        'Brier',
        'time %',
        'use points',
        'use held %',
        'time held %',
        'silent %',
      ],
      rows,
      notes: [
        `forecast --stdin: ${Math.round(await linesPerSecond(program, quick ? 1 : 20))} lines a second, a question behind every ten readings`,
      ],
    },
  ];
}
