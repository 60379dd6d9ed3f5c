import {expect, it} from 'vitest';
import {run} from '../support/run.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Monday at midnight. */
const monday = Date.UTC(2026, 1, 2);
const week = 7 * day;

type Line = Record<string, unknown>;
type Answer = {
  id: string;
  verdict: string;
  probability: number | null;
  runOutAt: number | null;
  range: [number, number] | null;
  usedAtReset: number | null;
  usedRange: [number, number] | null;
};

const known = (at: number, usedPercent: number, resetsAt = monday + week, more: Line = {}): Line => ({
  series: 'a/weekly',
  windowMs: week,
  at,
  state: 'known',
  usedPercent,
  resetsAt,
  ...more,
});
const untold = (at: number, state: string): Line => known(at, 0, 0, {state, usedPercent: null, resetsAt: null});
const ask = (now: number, id = 'q', series = 'a/weekly'): Line => ({ask: series, now, id});

const say = (text: string, zone = 'UTC') =>
  run(
    ['forecast', '--stdin'],
    {TZ: zone, HOME: '/nonexistent', MYSTATUS_STATE_DIR: '/nonexistent'},
    {stdin: text, cwd: '/'},
  );
async function talk(lines: readonly Line[], zone = 'UTC'): Promise<Answer[]> {
  const {code, stdout, stderr} = await say(`${lines.map(line => JSON.stringify(line)).join('\n')}\n`, zone);
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Answer);
}
async function answerTo(lines: readonly Line[], zone = 'UTC'): Promise<Answer> {
  const [answer] = await talk(lines, zone);
  if (answer === undefined) throw new Error('no answer');
  return answer;
}
/** Readings every so often, from a moment to another one. */
const every = (ms: number, from: number, to: number, lineAt: (at: number) => Line): Line[] =>
  Array.from({length: Math.floor((to - from) / ms) + 1}, (_, index) => lineAt(from + index * ms));

const thursday = monday + 3 * day;
/** Ten points a day, in the ten hours from nine on. */
const working = (at: number): number => {
  const [days, hours] = [Math.floor((at - monday) / day), ((at - monday) % day) / hour];
  return 10 * days + Math.min(10, Math.max(0, hours - 9));
};

it('a reset that wanders by hours begins no new window', async () => {
  const wandering = every(hour, monday, thursday, at => known(at, working(at), monday + week + (at % 7) * 20 * minute));
  const wild = every(hour, monday, thursday, at =>
    known(at, working(at), monday + week + (((at - monday) / hour) % 2) * 9 * hour),
  );
  const still = every(hour, monday, thursday, at => known(at, working(at)));
  const [calm, moved, leaping] = await Promise.all(
    [still, wandering, wild].map(lines => answerTo([...lines, known(thursday + minute, 30), ask(thursday + minute)])),
  );
  expect(calm?.verdict).toBe('lasts');
  expect(moved).toEqual(calm);
  expect(leaping).toEqual(calm);
});

it('a plan that grows is neither a reset nor use', async () => {
  const before = every(hour, monday, thursday - hour, at => known(at, 2 * working(at)));
  const changed = await answerTo([...before, known(thursday, 30), ask(thursday)]);
  const asReset = await answerTo([
    ...before,
    known(thursday, 30, thursday + week - hour),
    known(thursday + minute, 30),
    ask(thursday + minute),
  ]);
  // Thirty points that were used in the last hour would be carried on.
  expect(changed.usedAtReset).toBeLessThan((asReset.usedAtReset ?? 0) - 5);
  expect(changed.usedRange?.[0]).toBeGreaterThanOrEqual(30);
});

it('a full window is no idleness: who was stopped is expected back', async () => {
  const next = monday + 2 * week;
  const fast = (at: number): number => Math.min(100, 3 * working(at));
  const stopped = every(hour, monday, monday + week - hour, at => known(at, fast(at)));
  const idle = every(hour, monday, monday + week - hour, at => known(at, Math.min(99, fast(at))));
  const rest = [known(monday + week + hour, 0, next), known(monday + week + 10 * hour, 2, next)];
  const now = monday + week + 10 * hour;
  const [afterStop, afterIdleness] = await Promise.all(
    [stopped, idle].map(lines => answerTo([...lines, ...rest, ask(now)])),
  );
  expect(afterStop?.probability).toBeGreaterThan((afterIdleness?.probability ?? 1) + 0.05);
});

it('a night without readings: what came in between is known in sum, and spread over it', async () => {
  const evening = every(hour, monday + 9 * hour, monday + 18 * hour, at => known(at, (at - monday - 9 * hour) / hour));
  const morning = monday + 33 * hour;
  const night = every(hour, monday + 19 * hour, morning, at => known(at, 9 + (at - monday - 18 * hour) / hour));
  const [slept, watched] = await Promise.all([
    answerTo([...evening, known(morning, 24), ask(morning)]),
    answerTo([...evening, ...night, ask(morning)]),
  ]);
  expect(slept).toEqual(watched);
  const unused = await answerTo([...evening, known(morning, 9), ask(morning)]);
  expect((slept.usedAtReset ?? 0) - 24).toBeGreaterThan((unused.usedAtReset ?? 0) - 9);
});

it('a percentage that wobbles by a point adds nothing', async () => {
  const wobbling = every(10 * minute, monday + day, monday + 2 * day, at => known(at, at % hour === 0 ? 40 : 39));
  const still = every(10 * minute, monday + day, monday + 2 * day, at => known(at, 40));
  const now = monday + 2 * day;
  expect(await answerTo([...wobbling, ask(now)])).toEqual(await answerTo([...still, ask(now)]));
});

it('what is unknown or unlimited in between tells nothing, and asked then there is no forecast', async () => {
  const before = every(hour, monday, thursday, at => known(at, working(at)));
  const after = known(thursday + 2 * hour, 31);
  const gap = [untold(thursday + hour, 'unknown'), untold(thursday + hour + minute, 'unlimited')];
  const now = thursday + 2 * hour;
  const [within, later] = await talk([...before, ...gap, ask(thursday + hour + minute), after, ask(now)]);
  expect(later).toEqual(await answerTo([...before, after, ask(now)]));
  expect(within).toEqual({
    id: 'q',
    verdict: 'no-forecast',
    probability: null,
    runOutAt: null,
    range: null,
    usedAtReset: null,
    usedRange: null,
  });
});

it('a window that has not started adds nothing, and what is used after it begins at nothing', async () => {
  const five = {series: 'a/5h', windowMs: 5 * hour};
  const at = monday + 10 * hour;
  const idle = every(10 * minute, at - 3 * hour, at, moment => ({...untold(moment, 'not-started'), ...five}));
  const begun = known(at + 10 * minute, 4, at + 5 * hour, five);
  const lines = [...idle, ask(at, 'idle', 'a/5h'), begun, ask(at + 20 * minute, 'begun', 'a/5h')];
  const [none, answer] = await talk(lines);
  expect([none?.verdict, none?.probability]).toEqual(['no-forecast', null]);
  expect(answer?.usedAtReset).toBeGreaterThan(4);
});

it('the hours of the day are those of the local clock', async () => {
  const five = {windowMs: 5 * hour};
  const now = monday + day + hour;
  const lines = [...every(10 * minute, now - hour, now, at => known(at, 20, now + 4 * hour, five)), ask(now)];
  const [night, morning] = await Promise.all([answerTo(lines, 'UTC'), answerTo(lines, 'Asia/Tokyo')]);
  expect((morning?.usedAtReset ?? 0) - 20).toBeGreaterThan(3 * ((night?.usedAtReset ?? 0) - 20));
});

it('spent, over and unknown: each is said, and a month is a calendar month', async () => {
  const at = monday + 2 * day;
  const april = {series: 'a/monthly', windowMs: null};
  const answers = await talk([
    known(at, 104),
    ask(at + minute, 'spent'),
    ask(monday + week, 'over'),
    ask(at, 'stranger', 'b/5h'),
    known(Date.UTC(2026, 2, 1, 12), 1, Date.UTC(2026, 3, 1), april),
    ask(Date.UTC(2026, 2, 1, 12), 'early', 'a/monthly'),
    known(Date.UTC(2026, 2, 20), 5, Date.UTC(2026, 3, 1), april),
    ask(Date.UTC(2026, 2, 20), 'later', 'a/monthly'),
  ]);
  const spent = {id: 'spent', verdict: 'spent', probability: 1, runOutAt: at, range: null};
  expect(answers[0]).toEqual({...spent, usedAtReset: 100, usedRange: [100, 100]});
  expect(answers.map(({id, verdict}) => `${id} ${verdict}`)).toEqual([
    'spent spent',
    'over no-forecast',
    'stranger no-forecast',
    'early too-early',
    'later lasts',
  ]);
});

it('times and ranges stand in order, within the window', async () => {
  const fast = every(hour, monday, thursday, at => known(at, 2.6 * working(at)));
  const answer = await answerTo([...fast, ask(thursday)]);
  expect(answer.verdict).toBe('runs-out');
  const [first = 0, last = 0] = answer.range ?? [];
  const times = [thursday, first, answer.runOutAt ?? 0, last, monday + week];
  expect([...times].sort((a, b) => a - b)).toEqual(times);
  expect(answer.usedRange?.[1]).toBe(100);
});

it('older and repeated readings are passed over', async () => {
  const before = every(hour, monday, thursday, at => known(at, working(at)));
  const late = [known(thursday - day, 90), known(thursday, 77)];
  expect(await answerTo([...before, ...late, ask(thursday)])).toEqual(await answerTo([...before, ask(thursday)]));
});

const reading = JSON.stringify(known(monday, 5));
const question = JSON.stringify(ask(monday + day));
const without = (line: Line, name: string): string => JSON.stringify({...line, [name]: undefined});
const broken: [string, string][] = [
  ['no JSON', 'series a/weekly'],
  ['half a line', reading.slice(0, 40)],
  ['a list', '[]'],
  ['null', 'null'],
  ...['series', 'windowMs', 'at', 'state', 'usedPercent', 'resetsAt'].map((name): [string, string] => [
    `a reading without ${name}`,
    without(known(monday + 1, 5), name),
  ]),
  ...['now', 'id'].map((name): [string, string] => [`a question without ${name}`, without(ask(monday), name)]),
  ['a percentage in words', JSON.stringify(known(monday + 1, 5, 5, {usedPercent: '5'}))],
  ['a state that nobody knows', JSON.stringify(known(monday + 1, 5, 5, {state: 'busy'}))],
  ['a percentage that is known and null', JSON.stringify(known(monday + 1, 5, 5, {usedPercent: null}))],
  ['a window of no length', JSON.stringify(known(monday + 1, 5, 5, {windowMs: 0}))],
  ['a time beyond every calendar', JSON.stringify(known(9e15, 5))],
];
it.each(broken)('%s ends the conversation: what was answered stays, the line is named', async (_, line) => {
  const {code, stdout, stderr} = await say([reading, question, line, question].join('\n'));
  expect(code).toBe(2);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^mystatus-tui: line 3: [^\n]+\n$/);
});

it('the last line may lack its end, lines may end as on Windows, nothing at all is no mistake', async () => {
  const windows = await say(`${reading}\r\n${question}\r\n`);
  const bare = await say(`${reading}\n${question}`);
  expect(windows).toEqual(bare);
  expect(JSON.parse(bare.stdout)).toMatchObject({id: 'q'});
  expect(await say('')).toEqual({code: 0, stdout: '', stderr: ''});
});
