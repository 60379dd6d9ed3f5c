import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {windowsOf} from '../../../src/providers/kimi/windows.ts';

const now = Date.parse('2026-11-27T20:00:00Z');

function percentages(name: string): Record<string, number | string> {
  const body = JSON.parse(readFileSync(new URL(`../../fixtures/kimi/${name}.json`, import.meta.url), 'utf8'));
  return Object.fromEntries(
    windowsOf(body, now).map(({id, use}) => [id, use.state === 'known' ? use.usedPercent : use.state]),
  );
}

test.each([
  ['counts', {'5h': 9.5, weekly: 18.310546875}],
  ['percent', {'5h': 0, weekly: 5}],
  ['pools', {'5h': 30, weekly: 20, monthly: 40, 'code/monthly': 25}],
  ['pools-no-week', {'5h': 0, monthly: 103.38, 'code/monthly': 0}],
  ['pools-lie', {'5h': 0, weekly: 100}],
  ['odd-spellings', {'2h': 100, '3-fortnight': 10, weekly: 4}],
  ['untold-use', {'5h': 'unknown', weekly: 'unknown'}],
  ['empty', {}],
])('the limits of %s are read exactly', (name, expected) => {
  expect(percentages(name)).toEqual(expected);
});
