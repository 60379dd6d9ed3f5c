import type {Use, Window} from '../../core/model.ts';
import {unexpectedShape} from '../shared/http.ts';
import {objectsIn} from '../shared/json-in-text.ts';
import {fractionUse, percentUse} from '../shared/use.ts';
import {isRecord, type Json, tidy, titleCase, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {hour, pooledId, possibleReset, week} from '../shared/windows.ts';

/** What one command tells; there may be no such plan. */
export type Part = {plan: string | null; windows: Window[]};
export type Plan = {
  name: string;
  /** After `bl usage`. */
  command: string;
  /** The answer among whatever else was printed: that of somebody without the plan is empty. */
  bodyIn(stdout: string): Json | undefined;
  /** Pure. Throws `ProviderError` for a response in any other form. */
  parse(body: Json, now: number): Part;
};

type Length = {id: string; windowMs: number | null};
const fiveHours: Length = {id: '5h', windowMs: 5 * hour};
const oneWeek: Length = {id: 'weekly', windowMs: week};
// From the day of purchase, so it has no length of its own.
const oneMonth: Length = {id: 'monthly', windowMs: null};

const tokenLengths: Record<string, Length> = {per5Hour: fiveHours, per1Week: oneWeek, per1Month: oneMonth};
const codingLengths: Record<string, Length> = {per5Hour: fiveHours, perWeek: oneWeek, perBillMonth: oneMonth};

const answerWith =
  (names: readonly string[]) =>
  (stdout: string): Json | undefined => {
    const printed = objectsIn(stdout);
    const isAnswer = (each: Json): boolean => names.some(name => name in each);
    return printed.find(isAnswer) ?? printed.find(each => Object.keys(each).length === 0);
  };

/** Its limits are told as fractions. */
export const tokenPlan: Plan = {
  name: 'Token Plan',
  command: 'token-plan',
  bodyIn: answerWith(Object.keys(tokenLengths).flatMap(name => [`${name}Percentage`, `${name}ResetTime`])),
  parse(body, now) {
    const windows = Object.entries(tokenLengths).flatMap(([name, length]) => {
      const [fraction, reset] = [body[`${name}Percentage`], body[`${name}ResetTime`]];
      // Without either there is no such limit, or it was not told.
      const isTold = isThere(fraction) || isThere(reset);
      return isTold ? [windowOf(length, {pool: null, unit: 'percent', use: fractionOf(fraction), reset, now})] : [];
    });
    return {plan: windows.length === 0 ? null : this.name, windows};
  },
};

/** Its limits are told as requests, and as fractions of them. */
export const codingPlan: Plan = {
  name: 'Coding Plan',
  command: 'coding-plan',
  bodyIn: answerWith(['instanceType', ...Object.keys(codingLengths)]),
  parse(body, now) {
    const windows = Object.entries(codingLengths).flatMap(([name, length]) => {
      const part = body[name];
      if (!isThere(part)) return [];
      if (!isRecord(part)) throw unexpectedShape('no limit of the Coding Plan', body);
      const limit = toNumber(part.totalQuota);
      if (!isThere(part.percentage) && (limit === undefined || limit <= 0)) return [];
      const use = codingUse(part);
      return [windowOf(length, {pool: 'coding', unit: 'requests', use, reset: part.resetTime, now})];
    });
    const type = toText(body.instanceType);
    const name = type === undefined ? this.name : `${this.name} ${titleCase(type)}`;
    return {plan: windows.length === 0 && type === undefined ? null : name, windows};
  },
};

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

/** From 0 to 1, and beyond where a limit was exceeded. */
function fractionOf(value: unknown): Use {
  const fraction = toNumber(value);
  return percentUse(fraction === undefined ? undefined : tidy(fraction * 100));
}

/** The counts stand beside the percentage where both tell the same. */
function codingUse(part: Json): Use {
  const counted = fractionUse(toNumber(part.usedQuota), toNumber(part.totalQuota));
  const told = fractionOf(part.percentage);
  if (told.state !== 'known') return counted;
  const isSame = counted.state === 'known' && Math.abs(counted.usedPercent - told.usedPercent) < 0.5;
  return isSame ? counted : told;
}

type Told = Pick<Window, 'pool' | 'unit' | 'use'> & {reset: unknown; now: number};

/** What nobody used has not begun, and has no reset. */
function windowOf({id, windowMs}: Length, {pool, unit, use, reset, now}: Told): Window {
  const told = toEpochMs(reset);
  const isUnused = use.state === 'known' && use.usedPercent === 0 && told === null;
  return {
    ...{id: pooledId(pool, id), pool, windowMs, resetsAt: possibleReset(told, windowMs, now), unit},
    use: isUnused ? {state: 'not-started'} : use,
  };
}
