import {readFileSync} from 'node:fs';
import type {ProviderError, Window} from '../../../src/core/model.ts';

export const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/google/${name}.json`, import.meta.url), 'utf8'));

export const hour = 3_600_000;
export const day = 24 * hour;
export const at = (iso: string): number => Date.parse(iso);

/** Windows in a form that fits on a line: 'gemini/5h known 12.5 2026-10-07T15:00:00.000Z'. */
export const lines = (windows: readonly Window[]): string[] =>
  windows.map(({id, use, resetsAt}) => {
    const figure = use.state === 'known' ? [use.usedPercent] : use.state === 'unknown' ? [use.why] : [];
    return [id, use.state, ...figure, ...(resetsAt === null ? [] : [new Date(resetsAt).toISOString()])].join(' ');
  });

export async function failureOf(act: () => unknown): Promise<ProviderError> {
  try {
    await act();
  } catch (error) {
    return error as ProviderError;
  }
  throw new Error('it did not fail');
}
