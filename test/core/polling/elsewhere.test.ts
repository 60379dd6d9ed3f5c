import {expect, it} from 'vitest';
import type {ElsewhereRow} from '../../../src/core/ledger.ts';
import type {MonitorState} from '../../../src/core/model.ts';
import {withElsewhere} from '../../../src/core/polling/elsewhere.ts';
import {emptyState, withFound, withProviders} from '../../../src/core/polling/monitor-state.ts';
import {anAccount, aReading} from '../../support/monitor.ts';

const now = 1_000_000;
const row = (key: string, change: Partial<ElsewhereRow> = {}): ElsewhereRow => ({
  ...{key, provider: 'openai', label: 'me', source: 'codex auth.json', fingerprint: 'f', reading: aReading()},
  ...{readAt: now, failure: null, lastAttemptAt: now, dueAt: now + 1000, failures: 0, machine: 'server-1'},
  ...change,
});
const foundIn = (state: MonitorState, ...keys: string[]): MonitorState =>
  withFound(state, 'openai', {accounts: keys.map(key => anAccount({key})), hidden: 0}, () => null, now);
const begun = withProviders(emptyState(), ['openai'], []);
const shown = (state: MonitorState): readonly string[] => state.providers[0]?.accounts ?? [];

it('accounts of other machines stand behind those of this one, through every discovery, and are not due', () => {
  const state = withElsewhere(foundIn(begun, 'openai:1'), [row('openai:2')], []);
  expect(shown(state)).toEqual(['openai:1', 'openai:2']);
  expect(state.accounts['openai:2']).toMatchObject({machine: 'server-1', label: 'me @ server-1', dueAt: null});
  expect(foundIn(state, 'openai:1')).toBe(state);
  expect(withElsewhere(state, [row('openai:2')], [])).toBe(state);
});

it('one that is found here is this machine’s own, and those that went or are hidden are not shown', () => {
  const state = withElsewhere(foundIn(begun, 'openai:1'), [row('openai:2'), row('openai:3')], ['openai:3']);
  expect(shown(state)).toEqual(['openai:1', 'openai:2']);
  const own = withElsewhere(foundIn(state, 'openai:1', 'openai:2'), [row('openai:2')], []);
  expect(own.accounts['openai:2']?.machine).toBeUndefined();
  expect(shown(withElsewhere(state, [], []))).toEqual(['openai:1']);
});

it('nothing is shown of a provider whose logins are not known yet, or that is switched off', () => {
  expect(withElsewhere(begun, [row('openai:2'), row('zai:1', {provider: 'zai'})], [])).toBe(begun);
});
