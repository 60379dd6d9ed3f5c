import type {Amount, Reading, Use, Window} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {maybeJson} from '../shared/http.ts';
import {fractionUse} from '../shared/use.ts';
import {isRecord, type Json, recordOf, tidy, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {day, hour, minute, possibleReset, windowIdOf} from '../shared/windows.ts';

/** `hasEnded`: the quota was refilled since, so the figures are those of a period that is over. */
export type Noted = {reading: Reading; hasEnded: boolean};

/** What an IDE noted; null where it noted nothing, 'broken' where nobody can read it. Pure. Throws nothing. */
export function parseQuotaFile(xml: string, now: number): Noted | 'broken' | null {
  const options = new Map([...xml.matchAll(option)].map(([, name = '', value = '']) => [name, unescaped(value)]));
  const text = options.get('quotaInfo');
  if (text === undefined) return null;
  const info = maybeJson(text);
  return isRecord(info) ? parseQuota(info, maybeJson(options.get('nextRefill') ?? ''), now) : 'broken';
}

const option = /<option\s+name="(\w+)"\s+value="([^"]*)"/g;

const entities: Readonly<Record<string, string>> = {quot: '"', amp: '&', lt: '<', gt: '>', apos: "'"};
/** The text of an attribute, in which a character may also be its number. */
const unescaped = (text: string): string =>
  text.replace(/&(?:#(x[\da-f]{1,5}|\d{1,6})|(\w{1,4}));/gi, (whole, number?: string, name = '') =>
    number === undefined ? (entities[name] ?? whole) : String.fromCodePoint(Number(number.replace(/^x/i, '0x'))),
  );

export function parseQuota(info: Json, refill: unknown, now: number): Noted {
  const {type, next, tariff} = recordOf(refill);
  const windowMs = lengthOf(recordOf(tariff).duration) ?? usualMs;
  const refilledAt = type === 'Known' ? toEpochMs(next) : null;
  const hasEnded = refilledAt !== null && refilledAt <= now;
  const resetsAt = hasEnded ? null : possibleReset(refilledAt, windowMs, now);
  const use: Use = hasEnded ? {state: 'unknown', why: 'refilled since the IDE noted it'} : usageIn(info);
  const id = windowIdOf(windowMs) ?? '30d';
  const window: Window = {id, pool: null, windowMs, resetsAt, use, unit: 'credits'};
  return {hasEnded, reading: {plan: null, windows: [window], amounts: hasEnded ? [] : toppedUp(info), notes: []}};
}

// Every plan known is refilled after so long.
const usualMs = 30 * day;

const duration = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?$/;

/** Milliseconds of 'PT720H'. */
function lengthOf(text: unknown): number | undefined {
  const [, days = '0', hours = '0', minutes = '0'] = duration.exec(toText(text) ?? '') ?? [];
  return Number(days) * day + Number(hours) * hour + Number(minutes) * minute || undefined;
}

// What a credit is in the file.
const unitsPerCredit = 100_000;
const credits = (value: unknown): number | undefined => {
  const units = toNumber(value);
  return units === undefined ? undefined : tidy(units / unitsPerCredit);
};

/** Of the plan's own part where that is told: what was bought on top is an amount. */
function usageIn(info: Json): Use {
  const type = sanitize(toText(info.type) ?? '', 40);
  if (type !== 'Available') return {state: 'unknown', why: `the IDE noted: ${type || 'nothing'}`};
  const {current, maximum} = isRecord(info.tariffQuota) ? info.tariffQuota : info;
  return fractionUse(credits(current), credits(maximum));
}

function toppedUp({topUpQuota}: Json): Amount[] {
  const value = credits(recordOf(topUpQuota).available) ?? 0;
  return value > 0 ? [{id: 'credits', value, unit: 'credits'}] : [];
}
