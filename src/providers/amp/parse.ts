import type {Amount, Note, Reading, Use, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {fractionUse, percentUse} from '../shared/use.ts';
import {difference, recordOf, sumOf, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {day, hour, possibleReset} from '../shared/windows.ts';

type Part = Partial<Pick<Reading, 'plan' | 'windows' | 'amounts' | 'notes' | 'label'>>;

/** What the words say that `amp usage` prints; all figures in them are of what remains. Throws `ProviderError` for others. */
export function parseUsage(body: unknown, now: number): Reading {
  const text = toText(recordOf(recordOf(body).result).displayText);
  if (text === undefined) throw unexpectedShape('no text', body);
  const parts = text.split('\n').flatMap(line => readLine(line.trim(), now) ?? []);
  const windows = distinct(parts.flatMap(part => part.windows ?? []));
  const amounts = sums(parts.flatMap(part => part.amounts ?? []));
  if (windows.length + amounts.length === 0) throw unexpectedShape('no line that can be read', body);
  const plans = parts.flatMap(part => part.plan ?? []);
  const labels = parts.flatMap(part => part.label ?? []);
  return {
    plan: plans.find(plan => plan !== free) ?? plans[0] ?? 'Credits',
    windows,
    amounts,
    notes: parts.flatMap(part => part.notes ?? []),
    ...(labels[0] !== undefined && {label: labels[0]}),
  };
}

/** Of two of a kind nobody can say which counts. */
const distinct = (windows: readonly Window[]): Window[] =>
  [...Map.groupBy(windows, ({id}) => id).values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    return {...first, resetsAt: null, use: {state: 'unknown', why: 'it was reported twice'}};
  });

const free = 'Amp Free';
const money = String.raw`(-?\$-?[\d,]+(?:\.\d+)?)`;
const lines: readonly [RegExp, (parts: readonly string[], now: number) => Part][] = [
  [/^Signed in as ([^\s(]+)/, ([name = '']) => ({label: sanitize(name, 80)})],
  [/^Amp Free:(.*)$/, ([rest = ''], now) => freePart(rest, now)],
  [/^(?:Subscription ([^:]+)|Amp ([^:]+) Subscription):(.*)$/, ([a, b, rest = '']) => planPart(a || b || '', rest)],
  [new RegExp(`^Individual credits: ${money} remaining\\b`), ([sum = '']) => amountPart('balance', sum)],
  [new RegExp(`^Workspace .*: ${money} remaining\\b`), ([sum = '']) => amountPart('balance/workspace', sum)],
];

/** Undefined for a line that nobody knows: the text also holds advice. */
function readLine(line: string, now: number): Part | undefined {
  for (const [pattern, read] of lines) {
    const [whole, ...parts] = pattern.exec(line) ?? [];
    if (whole !== undefined) return read(parts, now);
  }
  return undefined;
}

const dollars = (text: string | undefined): number | undefined => toNumber(text?.replace(/[$,]/g, ''));

const purse = new RegExp(String.raw`^ ${money}\s*/\s*${money} remaining\b`);
const rate = new RegExp(String.raw`\(replenishes \+${money}/hour\)`);

/** The free allowance of a day: dollars that fill up again by the hour, or a share of the day. */
function freePart(rest: string, now: number): Part {
  const [, left, limit] = purse.exec(rest) ?? [];
  if (left === undefined) return {plan: free, windows: [freeWindow(remainingUse(rest, ' remaining'), 'percent', null)]};
  const [whole, used] = [dollars(limit), difference(dollars(limit), dollars(left))];
  const perHour = dollars(rate.exec(rest)?.[1]) ?? 0;
  const fullAt = used !== undefined && used > 0 && perHour > 0 ? toEpochMs(now + (used / perHour) * hour) : null;
  return {plan: free, windows: [freeWindow(fractionUse(used, whole), 'usd', possibleReset(fullAt, day, now))]};
}

const freeWindow = (use: Use, unit: Window['unit'], resetsAt: number | null): Window => ({
  ...{id: 'free/1d', pool: 'free', windowMs: day, resetsAt, use, unit},
});

/** What is used, of a text that tells the percentage that remains of one pool; unknown if it tells anything else. */
function remainingUse(rest: string, pool: string): Use {
  const [, left] = new RegExp(String.raw`([\d.]+)%${pool}\b`).exec(rest) ?? [];
  return percentUse(/\bremaining\b/.test(rest) ? difference(100, toNumber(left)) : undefined);
}

const planPart = (name: string, rest: string): Part => ({
  plan: sanitize(name, 40) || null,
  windows: [
    monthOf('agent', remainingUse(rest, ' (?:agent|other) usage')),
    monthOf('orb', remainingUse(rest, ' orb usage')),
  ],
  notes: renewalIn(rest),
});

/** The reset is told in whole days, or months: too coarse to count down to. */
const monthOf = (pool: string, use: Use): Window => ({
  ...{id: `${pool}/monthly`, pool, windowMs: null, resetsAt: null, use, unit: 'percent'},
});

function renewalIn(rest: string): Note[] {
  const [, count, unit] = /\bin (\d{1,3}) (day|month)s?\b/.exec(rest) ?? [];
  if (count === undefined) return [];
  return [{code: unit === 'day' ? 'amp/renews-days' : 'amp/renews-months', text: count}];
}

function amountPart(id: Amount['id'], sum: string): Part {
  const value = dollars(sum);
  return value === undefined ? {} : {amounts: [{id, value: value + 0, unit: 'usd'}]};
}

/** Of several workspaces the sum: their names are nobody's business. */
const sums = (amounts: readonly Amount[]): Amount[] =>
  [...new Set(amounts.map(({id}) => id))].flatMap(id => {
    const value = sumOf(amounts.filter(amount => amount.id === id).map(({value}) => value));
    return value === undefined ? [] : [{id, value, unit: 'usd' as const}];
  });
