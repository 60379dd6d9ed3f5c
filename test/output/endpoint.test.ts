import {expect, it} from 'vitest';
import type {CredentialRow} from '../../src/core/services.ts';
import {accountsJson, accountsText} from '../../src/output/accounts.ts';
import {plainLines} from '../../src/output/plain.ts';
import {toReport} from '../../src/output/report.ts';
import {onceText, type TextOptions} from '../../src/output/text.ts';
import {catalogue} from '../../src/providers/index.ts';
import {failureLine, failureText} from '../../src/view/format/labels.ts';
import {detailLines} from '../../src/view/rows/detail.ts';
import {openPanel} from '../../src/view/rows/frame.ts';
import {plain} from '../../src/view/rows/line.ts';
import {columnsFor, type PanelModel, panelContent, panelsOf} from '../../src/view/rows/panel.ts';
import {stringsFor} from '../../src/view/strings/index.ts';
import {testLook} from '../support/look.ts';
import {aMonitor, aProvider} from '../support/monitor.ts';
import {fakeProgram} from '../support/program.ts';
import {account, failure, freshAccounts, monitorState, someNow} from '../support/state.ts';

const endpoint = 'https://quota.example.com:8443';
const state = monitorState(freshAccounts());
state.providers = state.providers.map(provider => (provider.id === 'openai' ? {...provider, endpoint} : provider));

const options: TextOptions = {
  now: someNow,
  width: 80,
  color: false,
  ascii: false,
  privacy: true,
  strings: stringsFor('en', catalogue),
  hourCycle: 24,
  show: 'used',
  thresholds: {warn: 70, critical: 90},
  names: {openai: 'OpenAI', copilot: 'GitHub Copilot'},
};
const context = testLook();
const row: CredentialRow = {
  account: {
    key: 'openai:3f2a91c0',
    provider: 'openai',
    label: 'user@example.com',
    source: 'codex auth.json',
    credential: null,
    secrets: [],
    fingerprint: '',
    expiresAt: null,
    stored: false,
  },
  hidden: false,
  masked: '',
  storedId: null,
};

const panel = (id: string): PanelModel => {
  const found = panelsOf(state, fakeProgram(state).catalogue, someNow).find(({info}) => info.id === id);
  if (found === undefined) throw new Error(`no panel of ${id}`);
  return found;
};
const footOf = (id: string, width: number, below = 0): string => {
  const frame = {width, height: 4, focused: false, spinning: false, number: 1};
  return openPanel(panel(id), {lines: [], above: 0, below}, frame, context).map(plain).at(-1) ?? '';
};

it('is told with every account of --json, also with privacy: where the token goes is no secret', () => {
  const {accounts} = toReport(state, {now: someNow, privacy: true});
  expect(accounts.map(({provider, endpoint}) => [provider, endpoint])).toEqual(
    accounts.map(({provider}) => [provider, provider === 'openai' ? endpoint : null]),
  );
});

it('is told by accounts and its JSON', () => {
  const {accounts} = JSON.parse(accountsJson([row, {...row, endpoint}], {now: someNow, privacy: false}));
  expect(accounts.map((each: {endpoint: unknown}) => each.endpoint)).toEqual([null, endpoint]);
  const text = accountsText([row, {...row, endpoint}], {...options, privacy: false});
  expect(text.split('\n').filter(line => line.includes('via'))).toEqual([`  via ${endpoint}`]);
});

it('stands below the heading of --once, and in a sentence for screen readers', () => {
  expect(onceText(state, options).split('\n')[2]).toBe(`  via ${endpoint}`);
  const sentences = plainLines(state, options).filter(line => line.includes('via'));
  expect(sentences).toEqual([expect.stringMatching(/^OpenAI, .*: via https:\/\/quota\.example\.com:8443$/)]);
});

it('stands at the foot of its panel, and where it has no room there in a row of it', () => {
  expect(footOf('openai', 60)).toMatch(/^╰─ via quota\.example\.com:8443 ─+ just now · next 2m ─╯$/);
  expect(footOf('openai', 60, 12)).toMatch(/^╰─ via quota\.example\.com:8443 ─+ ▼ 12 ─ just now · next 2m ─╯$/);
  expect(footOf('openai', 30, 12)).toMatch(/^╰─+ ▼ 12 ─ just now ─╯$/);
  expect(footOf('openai', 16, 12)).toMatch(/^╰─+ ▼ 12 ─╯$/);
  const rows = panelContent(
    panel('openai'),
    {width: 26, height: 9, columns: columnsFor([], 26, context), scroll: 0},
    context,
  );
  expect(rows.lines.map(plain)).toContain('via quota.example.com:8443');
  expect(footOf('copilot', 60)).toMatch(/^╰─ Billed \$1\.20 ─+ 4m ago · next 11m ─╯$/);
});

it('stands among the details', () => {
  const details = (id: string) => detailLines(panel(id), 80, context).map(plain);
  expect(details('openai')).toContainEqual(
    expect.stringMatching(/^Requests go to +https:\/\/quota\.example\.com:8443/),
  );
  expect(details('copilot').join('\n')).not.toContain('Requests go to');
});

it('that is refused is called that, and not a bad answer, in every language', () => {
  const refused = failure('bad_response', {
    detail: 'MYSTATUS_OPENAI_URL must not have a path',
    remedy: {code: 'endpoint'},
  });
  for (const language of ['en', 'zh', 'ja'] as const) {
    const strings = stringsFor(language, catalogue);
    const said = [
      failureText(refused, strings),
      failureLine(refused, strings),
      onceText(monitorState([account('openai:00000001', 'a', null, {failure: refused})]), {...options, strings}),
    ].join('\n');
    expect(said).toContain(strings.panel.endpointRefused);
    expect(said).not.toContain(strings.failures.bad_response);
  }
  const [told] = toReport(monitorState([account('openai:00000001', 'a', null, {failure: refused})]), {
    now: someNow,
    privacy: false,
  }).accounts;
  expect(told?.message).toBe(
    'the configured address is not allowed; nothing was sent: MYSTATUS_OPENAI_URL must not have a path',
  );
});

it('follows the settings while the monitor runs', async () => {
  let configured: string | null = endpoint;
  const {monitor} = aMonitor([aProvider()], {endpointOf: () => configured});
  const told = () => monitor.store.get().providers[0]?.endpoint;
  await monitor.rediscover();
  expect(told()).toBe(endpoint);
  const before = monitor.store.get();
  await monitor.rediscover();
  expect(monitor.store.get()).toBe(before);
  configured = null;
  await monitor.rediscover();
  expect(told()).toBeUndefined();
});
