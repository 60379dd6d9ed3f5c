import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {ProviderError, type Reading, type Window} from '../../../src/core/model.ts';

/** Bodies of `test/fixtures/<directory>`, by name. */
export const fixturesIn =
  (directory: string) =>
  (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../fixtures/${directory}/${name}.json`, import.meta.url), 'utf8'));

/** 'monthly 25 % 5/20 tokens 2026-09-20T00:00:00Z', as a reading has it. */
export function toldWindow({id, use, unit, resetsAt}: Window): string {
  const reset = resetsAt === null ? 'null' : new Date(resetsAt).toISOString().replace('.000Z', 'Z');
  return [id, toldUse(use), unit, reset].join(' ');
}

function toldUse(use: Window['use']): string {
  const used = 'used' in use && use.used !== undefined ? ` ${use.used}` : '';
  if (use.state === 'unlimited') return `unlimited${used}`;
  if (use.state !== 'known') return use.state;
  return `${use.usedPercent} %${used}${use.limit === undefined ? '' : `/${use.limit}`}`;
}

export const toldAmounts = ({amounts}: Pick<Reading, 'amounts'>): string[] =>
  amounts.map(({id, value, unit}) => `${id} ${value} ${unit}`);

/** Values as a service sends them where it should not. */
export const oddValue = fc.oneof(
  fc.anything(),
  fc.double(),
  fc.constantFrom('12', '-3.5', 'NaN', '1e999', '', null, 0, -1, 100, 1e300, 1_788_300_000_000, 1.7908128e9),
);
/** An object with some of these fields, each as odd as that. */
export const oddRecord = (...names: string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.dictionary(fc.constantFrom(...names), oddValue);

/** Whether the windows of a reading are finite, each there once, and their percentages those of their figures. */
const isSound = (windows: readonly Window[]): boolean =>
  new Set(windows.map(({id}) => id)).size === windows.length &&
  windows.every(
    ({use}) =>
      use.state !== 'known' ||
      (Number.isFinite(use.usedPercent) &&
        use.usedPercent >= 0 &&
        (use.used === undefined || use.limit === undefined || isShare(use.used, use.limit, use.usedPercent))),
  );
const isShare = (used: number, limit: number, percent: number): boolean =>
  Math.abs((used / limit) * 100 - percent) <= 1e-6 * Math.abs(percent) + 1e-9;

/** Fails unless `parse` throws nothing but `ProviderError` and makes nothing up, whatever it is given. */
export function expectSound(parse: (body: unknown) => readonly Window[], odd: fc.Arbitrary<unknown>): void {
  const survives = (body: unknown): boolean => {
    try {
      return isSound(parse(body));
    } catch (error) {
      return error instanceof ProviderError;
    }
  };
  fc.assert(fc.property(fc.oneof(fc.anything(), odd, odd, odd), survives), {numRuns: 400});
}
