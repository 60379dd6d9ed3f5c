import {readFileSync} from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type AccountState, failureCodes, type MonitorState, type NoteCode, type Use} from '../../src/core/model.ts';
import {exitCodeOf, reportText, toReport} from '../../src/output/report.ts';
import {
  account,
  busy,
  crowd,
  day,
  exhausted,
  failing,
  failure,
  fresh,
  hour,
  minute,
  monitorState,
  nothing,
  reading,
  someNow,
  window,
} from '../support/state.ts';

const schema: object = JSON.parse(
  readFileSync(new URL('../../schema/mystatus.v1.schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv2020.default({strict: true, strictRequired: false, allowUnionTypes: true});
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** What a script reads: printed, parsed again, and valid by the published schema. */
function report(state: MonitorState, privacy = false) {
  const printed: unknown = JSON.parse(reportText(toReport(state, {now: someNow, privacy})));
  expect(validate(printed), JSON.stringify(validate.errors)).toBe(true);
  return toReport(state, {now: someNow, privacy});
}
const only = (state: AccountState, privacy = false) => report(monitorState([state]), privacy).accounts[0];
const openai = (more: Partial<AccountState> = {}, ...windows: ReturnType<typeof window>[]): AccountState =>
  account('openai:3f2a91c0', 'user@example.com', reading('Plus', windows), {source: 'codex auth.json', ...more});

describe('the schema', () => {
  it.each(Object.entries({fresh, busy, failing, exhausted, nothing, crowd: () => crowd(40)}))(
    'accepts what is printed for %s',
    (_, state) => {
      report(state());
      report(state(), true);
    },
  );

  it('refuses what is not the contract', () => {
    const good = report(fresh());
    const bad: unknown[] = [
      {...good, schema: 'mystatus/v2'},
      {...good, generatedAt: 'now'},
      {...good, accounts: [{...good.accounts[0], status: 'fine'}]},
      {...good, accounts: [{...good.accounts[0], windows: [{id: '5h'}]}]},
    ];
    for (const each of bad) expect(validate(each)).toBe(false);
  });

  it('accepts any numbers that a reading can hold', () => {
    const number = fc.double({noNaN: true});
    const use: fc.Arbitrary<Use> = fc.oneof(
      fc.record({state: fc.constant('known' as const), usedPercent: number, used: number, limit: number}),
      fc.constant<Use>({state: 'unlimited'}),
      fc.constant<Use>({state: 'not-started'}),
      fc.record({state: fc.constant('unknown' as const), why: fc.string()}),
    );
    const time = fc.option(fc.double({min: -1e17, max: 1e17, noNaN: true}));
    const finite = (use: Use): boolean => use.state !== 'known' || Number.isFinite(use.usedPercent);
    fc.assert(
      fc.property(use.filter(finite), time, fc.string(), (use, resetsAt, label) => {
        report(monitorState([openai({label, dueAt: resetsAt}, window('5h', use, null, {resetsAt}))]));
      }),
    );
  });
});

it('is exactly the documented object, keys in their order', () => {
  const state = openai({dueAt: someNow + 2 * minute, readAt: someNow}, window('5h', 12, 3 * hour + 20 * minute));
  expect(JSON.stringify(only(state))).toBe(
    JSON.stringify({
      provider: 'openai',
      account: 'openai:3f2a91c0',
      label: 'user@example.com',
      source: 'codex auth.json',
      endpoint: null,
      plan: 'Plus',
      status: 'ok',
      message: null,
      remedy: null,
      readAt: '2026-11-22T09:00:00.000Z',
      stale: false,
      nextPollAt: '2026-11-22T09:02:00.000Z',
      windows: [
        {
          id: '5h',
          label: '5-hour limit',
          pool: null,
          state: 'known',
          usedPercent: 12,
          remainingPercent: 88,
          used: null,
          limit: null,
          unit: 'percent',
          windowSeconds: 18000,
          resetsAt: '2026-11-22T12:20:00.000Z',
          forecast: null,
        },
      ],
      amounts: [],
      notes: [],
    }),
  );
});

describe('numbers', () => {
  const one = (use: Use | number) => only(openai({}, window('5h', use, hour)))?.windows[0];

  it('are never clamped', () => {
    expect(one(137)).toMatchObject({usedPercent: 137, remainingPercent: -37});
  });

  it('have four decimals at most, and no dust', () => {
    expect(one(65.91666666)).toMatchObject({usedPercent: 65.9167, remainingPercent: 34.0833});
    expect(one(99.9)).toMatchObject({remainingPercent: 0.1});
    expect(Object.is(one(-0)?.usedPercent, 0)).toBe(true);
  });

  it.each<[Use, object]>([
    [
      {state: 'unlimited', used: 14},
      {state: 'unlimited', used: 14, limit: null},
    ],
    [{state: 'not-started'}, {state: 'not-started', used: null}],
    [
      {state: 'unknown', why: 'no percentage'},
      {state: 'unknown', why: 'no percentage'},
    ],
  ])('are null for %j', (use, expected) => {
    expect(one(use)).toMatchObject({...expected, usedPercent: null, remainingPercent: null});
  });

  it('carry counts, shares and where a limit came from', () => {
    const premium = report(fresh()).accounts.find(({provider}) => provider === 'copilot')?.windows[0];
    expect(premium).toMatchObject({used: 228, limit: 300, unit: 'requests', limitFrom: 'plan-table'});
    expect(premium?.shares?.map(({name}) => name)).toEqual(['Claude Sonnet 4.6', 'GPT-5']);
  });
});

describe('a failure', () => {
  it('keeps the last good windows and says that they are stale', () => {
    const first = report(failing()).accounts[0];
    expect(first).toMatchObject({status: 'expired', stale: true, readAt: '2026-11-22T08:13:00.000Z'});
    expect(first?.windows).toHaveLength(3);
    expect(first?.message).toBe('the login has expired: token expired');
    expect(first?.remedy).toBe('run `codex`');
  });

  it('without any reading has no windows and is not stale', () => {
    const state = openai({reading: null, readAt: null, failure: failure('network')});
    expect(only(state)).toMatchObject({
      windows: [],
      readAt: null,
      stale: false,
      message: 'cannot reach the service',
    });
  });

  it('carries the link of its remedy, in privacy too', () => {
    const state = openai({
      failure: failure('auth_rejected', {
        remedy: {code: 'verify', name: 'Google', url: 'https://accounts.google.com/v?x=1'},
      }),
    });
    expect(only(state)?.remedy).toContain('https://accounts.google.com/v?x=1');
    expect(only(state, true)?.remedy).toContain('https://accounts.google.com/v?x=1');
  });

  it('does not poll before the time that the service named', () => {
    const state = openai({
      dueAt: someNow + minute,
      failure: failure('rate_limited', {retryAt: someNow + 10 * minute}),
    });
    expect(only(state)?.nextPollAt).toBe('2026-11-22T09:10:00.000Z');
    expect(only({...state, dueAt: null})?.nextPollAt).toBeNull();
  });

  it('tells when an account really tries again while nothing can be reached, not when it would be due otherwise', () => {
    const unreached = (key: string, askedAgo: number) => ({
      ...openai({
        failure: failure('network', {unreachable: true}),
        lastAttemptAt: someNow - askedAgo,
        dueAt: someNow + 15 * minute,
      }),
      key,
    });
    const state = monitorState([unreached('openai:1', 1000), unreached('openai:2', 3000)], {offline: true});
    expect(report(state).accounts.map(({nextPollAt}) => nextPollAt)).toEqual([
      '2026-11-22T09:00:09.000Z',
      '2026-11-22T09:00:04.000Z',
    ]);
  });

  it('tells of an overdue account that it is polled now, not at a time that is over', () => {
    expect(only(openai({dueAt: 0, lastAttemptAt: null}))?.nextPollAt).toBe('2026-11-22T09:00:00.000Z');
  });

  it('tells no time of a year that no date can name', () => {
    const state = openai({dueAt: 8.64e15, readAt: someNow}, window('5h', 5, 9e14), window('weekly', 5, -1e14));
    expect(only(state)).toMatchObject({nextPollAt: null, windows: [{resetsAt: null}, {resetsAt: null}]});
  });

  it.each(failureCodes)('of the kind %s has a message', code => {
    expect(only(openai({failure: failure(code)}))).toMatchObject({status: code, message: expect.stringMatching(/\w/)});
  });

  it('says one printable line whatever the service sent', () => {
    const state = openai({failure: failure('server_error', {detail: 'a\u001b[31mb\r\nc\u0000d'})});
    expect(only(state)?.message).toBe('the service is having problems: ab cd');
  });
});

it('says so when an answer had nothing to show', () => {
  expect(only(openai())).toMatchObject({status: 'ok_empty', message: 'no quota windows reported', stale: false});
});

it('spells amounts and notes in English, times in UTC', () => {
  const codes: NoteCode[] = ['limit-reached', 'model-closed', 'model', 'message'];
  const notes = codes.map(code => ({code, text: 'x', at: someNow + day, percent: 3}));
  const state = openai({reading: reading('Plus', [], [{id: 'billed', value: 4.48001, unit: 'usd'}], notes)});
  expect(only(state)?.amounts).toEqual([{id: 'billed', label: 'Billed', value: 4.48, unit: 'usd'}]);
  expect(only(state)?.notes).toEqual([
    'limit reached: x',
    'x is unavailable until 2026-11-23T09:00:00.000Z',
    'x: 3% used, resets 2026-11-23T09:00:00.000Z',
    'x',
  ]);
});

it('tells the cap of an amount that has one', () => {
  const amounts = [{id: 'overage', value: 420.5, unit: 'credits', limit: 1000}] as const;
  const state = openai({reading: reading('Plus', [], [...amounts])});
  expect(only(state)?.amounts).toEqual([{...amounts[0], label: 'Overage'}]);
});

it('hides identities everywhere when asked to', () => {
  const state = openai({
    source: 'opencode /home/someone/.local/share/opencode/auth.json',
    failure: failure('auth_rejected', {
      detail: 'user@example.com may not read /home/someone/x.json',
      remedy: {code: 'fix-file', name: '/home/someone/auth.json'},
    }),
    reading: reading('Plus', [], [], [{code: 'message', text: 'Hello user@example.com, also other@example.org'}]),
  });
  const text = JSON.stringify(only(state, true));
  expect(text).not.toMatch(/user@|other@|someone/);
  expect(text).toContain('u***@e***.com');
  expect(JSON.stringify(only(state))).toContain('user@example.com');
});

it('follows the order of the settings and leaves out providers without accounts', () => {
  expect(report(fresh()).accounts.map(({provider}) => provider)).toEqual([
    'openai',
    'copilot',
    'google',
    'zai',
    'zhipu',
  ]);
  expect(report(nothing()).accounts).toEqual([]);
});

it('ends with 0 when all is read, 1 when something failed, 3 when there is nothing', () => {
  expect([fresh(), exhausted(), failing(), nothing()].map(exitCodeOf)).toEqual([0, 0, 1, 3]);
  expect(exitCodeOf(monitorState([openai()]))).toBe(0);
  expect(exitCodeOf(monitorState([openai({reading: null, readAt: null})]))).toBe(1);
});
