import {expect, it} from 'vitest';
import {isOffline} from '../../../src/core/polling/offline.ts';
import {aFailure, anAccountState, aReading} from '../../support/monitor.ts';

const unreached = anAccountState({failure: aFailure({code: 'network', unreachable: true})});
const answered = anAccountState({reading: aReading()});
const down = anAccountState({failure: aFailure({code: 'server_error'})});
const broken = anAccountState({failure: aFailure({code: 'network'})});

it('is offline when no account that is polled could be reached', () => {
  expect(isOffline([unreached])).toBe(true);
  expect(isOffline([unreached, unreached, unreached])).toBe(true);
});

it.each([
  ['gives a reading', answered],
  ['answers with an error', down],
  ['breaks the connection: somebody was there', broken],
])('is not offline when one service cannot be reached and another %s', (_, other) => {
  expect(isOffline([unreached, other])).toBe(false);
  expect(isOffline([other, unreached, unreached])).toBe(false);
});

it('does not count accounts that are not polled', () => {
  expect(isOffline([unreached, {...answered, dueAt: null}])).toBe(true);
  expect(isOffline([{...unreached, dueAt: null}])).toBe(false);
});

it('is not offline when there is nothing to reach', () => {
  expect(isOffline([])).toBe(false);
});
