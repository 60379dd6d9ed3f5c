import type {Sample} from '../../src/core/foresight/samples.ts';

/** Invented people and what their limits say of them: the same seed gives the same life. */

export type Kind = '5h' | 'day' | 'weekly' | 'monthly';
export type Window = {from: number; resetsAt: number; ranOutAt: number | null; used: number; cut: boolean};
export type Life = {samples: Sample[]; windows: Window[]; windowMs: number | null};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const tick = 5 * minute;
export const lengths = {'5h': 5 * hour, day, weekly: 7 * day, monthly: null} as const;

/** mulberry32 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
const between = (random: Random, least: number, most: number): number => least + random() * (most - least);
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Points per hour of work, so that some people never run out and some do so often. */
const pace: Record<Kind, [number, number]> = {'5h': [8, 45], day: [5, 25], weekly: [1, 5], monthly: [0.25, 1.2]};

type Person = {
  starts: number;
  hours: number;
  evening: number;
  weekend: number;
  idle: number;
  pace: number;
  roughness: number;
  session: number;
  watch: 'always' | 'working' | 'sometimes';
  round: (value: number) => number;
};

function personOf(random: Random, kind: Kind): Person {
  const [least, most] = pace[kind];
  return {
    starts: between(random, 7, 11),
    hours: between(random, 5, 10),
    evening: random() < 0.4 ? between(random, 0.1, 0.6) : 0,
    weekend: random() < 0.5 ? between(random, 0.05, 0.7) : 0.03,
    idle: between(random, 0.02, 0.2),
    pace: least * (most / least) ** random(),
    roughness: between(random, 0.3, 0.9),
    session: between(random, 0.5, 2.5),
    watch: (['always', 'working', 'sometimes'] as const)[Math.floor(random() * 3)] ?? 'always',
    round: [Math.round, Math.floor, Math.ceil][Math.floor(random() * 3)] ?? Math.round,
  };
}

/** Points of use in each five minutes of so many weeks, from a Monday at midnight on. */
function pointsOf(person: Person, random: Random, from: number, weeks: number): Float64Array {
  const ticks = new Float64Array((weeks * 7 * day) / tick);
  let level = 1;
  let holiday = 0;
  for (let date = 0; date < weeks * 7; date += 1) {
    if (random() < 0.01) level = Math.exp(0.6 * normal(random));
    if (holiday === 0 && random() < 0.008) holiday = Math.ceil(random() * 10);
    if (holiday > 0) {
      holiday -= 1;
      continue;
    }
    const isWeekend = new Date(from + date * day).getDay() % 6 === 0;
    if (random() < (isWeekend ? 1 - person.weekend : person.idle)) continue;
    const ofDay = level * person.pace * Math.exp(person.roughness * normal(random) - person.roughness ** 2 / 2);
    const begin = date * 24 + person.starts + normal(random) * 0.7;
    fill(ticks, person, random, begin, begin + person.hours * (isWeekend ? 0.5 : 1), ofDay);
    if (random() < person.evening) fill(ticks, person, random, date * 24 + 20, date * 24 + 23, ofDay);
  }
  return ticks;
}

/** Sessions with breaks between two hours; a share of the ticks in a session has no use. */
function fill(
  ticks: Float64Array,
  person: Person,
  random: Random,
  from: number,
  to: number,
  pointsPerHour: number,
): void {
  let at = from;
  while (at < to) {
    const end = Math.min(to, at - person.session * Math.log(1 - random()));
    const strength = pointsPerHour * Math.exp(0.5 * normal(random) - 0.125);
    for (let index = Math.floor(at * 12); index < end * 12; index += 1)
      if (index >= 0 && index < ticks.length && random() < 0.7)
        ticks[index] = (ticks[index] ?? 0) + (strength / 12 / 0.7) * -Math.log(1 - random());
    at = end - 0.7 * Math.log(1 - random());
  }
}

/** What the service would say to a program that asks every five minutes while it runs. */
export function lifeOf(seed: number, kind: Kind, from: number, weeks = 16): Life {
  const random = randomFrom(seed);
  const person = personOf(random, kind);
  const use = pointsOf(person, random, from, weeks);
  const windowMs = lengths[kind];
  const life: Life = {samples: [], windows: [], windowMs};
  let current: Window | null = kind === '5h' ? null : firstWindow(random, from, windowMs);
  if (current !== null) life.windows.push(current);
  let running = true;
  for (let index = 0; index < use.length; index += 1) {
    const at = from + (index + 1) * tick;
    if (current !== null && at >= current.resetsAt)
      current = opened(life, kind === '5h' ? null : nextWindow(current, windowMs));
    const points = use[index] ?? 0;
    if (current === null && points > 0) current = opened(life, {...nothingUsed, from: at, resetsAt: at + 5 * hour});
    if (current !== null) spend(current, points, at);
    if (current !== null && kind === 'weekly' && random() < 0.00002) {
      current.cut = true;
      current = opened(life, {...nothingUsed, from: at, resetsAt: at + 7 * day});
    }
    if (index % 12 === 0) running = isRunning(person, random, use, index);
    if (running && random() > 0.01) life.samples.push(sampleOf(current, at, windowMs, person));
  }
  return life;
}

const nothingUsed = {ranOutAt: null, used: 0, cut: false};

function opened(life: Life, window: Window | null): Window | null {
  if (window !== null) life.windows.push(window);
  return window;
}

function spend(window: Window, points: number, at: number): void {
  window.used = Math.min(100, window.used + points);
  if (window.used >= 100) window.ranOutAt ??= at;
}

function firstWindow(random: Random, from: number, windowMs: number | null): Window {
  if (windowMs === null) return {...nothingUsed, from: monthOf(from, 0), resetsAt: monthOf(from, 1)};
  const begun = from - Math.floor(random() * (windowMs / tick)) * tick;
  return {...nothingUsed, from: begun, resetsAt: begun + windowMs};
}

const nextWindow = ({resetsAt}: Window, windowMs: number | null): Window => ({
  ...nothingUsed,
  from: resetsAt,
  resetsAt: windowMs === null ? monthOf(resetsAt, 1) : resetsAt + windowMs,
});

const monthOf = (at: number, after: number): number => {
  const then = new Date(at);
  return Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + after, 1);
};

function isRunning({watch}: Person, random: Random, use: Float64Array, index: number): boolean {
  if (watch === 'always') return true;
  const works = use.subarray(index, index + 12).some(points => points > 0);
  return watch === 'working' ? works || random() < 0.1 : random() < (works ? 0.4 : 0.1);
}

function sampleOf(window: Window | null, at: number, windowMs: number | null, {round}: Person): Sample {
  if (window === null) return {at, windowMs, state: 'not-started', usedPercent: null, resetsAt: null};
  const usedPercent = window.used >= 100 ? 100 : Math.min(99, round(window.used));
  return {at, windowMs, state: 'known', usedPercent, resetsAt: window.resetsAt};
}
