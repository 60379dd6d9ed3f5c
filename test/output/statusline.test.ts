import {describe, expect, it} from 'vitest';
import type {ForecastOf} from '../../src/core/foresight/forecasts.ts';
import type {LedgerRow} from '../../src/core/ledger.ts';
import {fieldNames, renderStatusline, type StatuslineOptions, TemplateError} from '../../src/output/statusline.ts';
import {catalogue} from '../../src/providers/index.ts';
import {stringsFor} from '../../src/view/strings/index.ts';
import {account, day, failure, freshAccounts, hour, minute, reading, someNow, window} from '../support/state.ts';

const names = {openai: 'OpenAI', copilot: 'Copilot', google: 'Google', zai: 'Z.ai', zhipu: 'Zhipu'};
const render = (
  format: string | undefined,
  rows: LedgerRow[] = freshAccounts(),
  more: Partial<StatuslineOptions> = {},
) =>
  renderStatusline(rows, {
    format,
    now: someNow,
    thresholds: {warn: 70, critical: 90},
    names,
    strings: stringsFor('en', catalogue),
    ...more,
  });
const one = (used: number, more: Partial<LedgerRow> = {}): LedgerRow[] => [
  {...account('openai:3f2a91c0', 'me@example.com', reading('Plus', [window('5h', used, hour)])), ...more},
];

describe('fields', () => {
  it('speak of the tightest window of all', () => {
    expect(render(undefined)).toBe('Copilot Premium month 76%');
    expect(render('{provider}|{account}|{plan}|{window}|{used}|{left}|{resets}|{age}|{status}|{severity}')).toBe(
      'Copilot|octo|Pro|Premium month|76%|24%|9d 3h|4m ago|ok|warn',
    );
  });

  it('speak of the window that runs out first, where one is forecast to', () => {
    const forecast = {usedAtReset: 100, usedRange: [90, 100] as const, learnedFrom: 0, range: null};
    const forecastOf: ForecastOf = ({key}, {id}) =>
      key.startsWith('openai') && id === 'weekly'
        ? {...forecast, verdict: 'runs-out', probability: 0.72, runOutAt: someNow + 2 * day}
        : {...forecast, verdict: 'lasts', probability: 0.05, runOutAt: null};
    expect(render(undefined, freshAccounts(), {forecastOf})).toBe('OpenAI week 21%');
    expect(render('{runout} {risk}', freshAccounts(), {forecastOf})).toBe('2d 72%');
    expect(render('{openai.used} {zhipu.used}', freshAccounts(), {forecastOf})).toBe('21% 71%');
  });

  it('ask for no forecast where there is one window to speak of', () => {
    const forecastOf = (): never => {
      throw new Error('asked');
    };
    const [account] = freshAccounts();
    const reading = account?.reading && {...account.reading, windows: account.reading.windows.slice(0, 1)};
    const rows = account === undefined ? [] : [{...account, reading: reading ?? null}];
    expect(render(undefined, rows, {forecastOf})).toBe('OpenAI 5h 62%');
  });

  it('ask for no forecast where a window is named', () => {
    const forecastOf = (): never => {
      throw new Error('asked');
    };
    expect(render('{openai.5h.used} {zhipu.weekly.left}', freshAccounts(), {forecastOf})).toBe('62% 29%');
  });

  it('speak of a provider, an account or one window', () => {
    expect(render('{openai.used} {openai.weekly.left} {openai:3f2a91c0.plan} {google.claude-gpt/5h.used}')).toBe(
      '62% 79% Plus 41%',
    );
  });

  it('speak of the tighter account where two have the same window', () => {
    const rows = [...one(10), ...one(55, {key: 'openai:00000001'})];
    expect(render('{openai.5h.used} {openai:3f2a91c0.5h.used}', rows)).toBe('55% 10%');
  });

  it('list every provider', () => {
    expect(render('{all}')).toBe(
      'OpenAI 5h 62% · Copilot Premium month 76% · Google Claude 5h 41% · Z.ai 5h 12% · Zhipu week 71%',
    );
  });

  it('say what is no number', () => {
    expect(render('{google.gemini/weekly.used}, {copilot.chat/monthly.left}, {google.claude-gpt/weekly.used}')).toBe(
      'not started, unlimited, –',
    );
  });

  it('are a dash, or what stands behind the bar, when they are not known', () => {
    expect(render('{openai.spark/5h.used} {zai.weekly.resets|never}{openai.9h.used|}')).toBe('– never');
    expect(fieldNames.map(field => render(`{${field}}`, [])).join('')).toBe('–'.repeat(fieldNames.length));
    expect(render('{all|idle}', [])).toBe('idle');
  });

  it('leave braces that are doubled, and the rest of the template, as they are', () => {
    expect(render('{{"text": "{openai.used}"}} 100% #[bold]')).toBe('{"text": "62%"} 100% #[bold]');
  });

  it('give one line, whatever is in the template', () => {
    expect(render('a\n{openai.used}\tb')).toBe('a 62% b');
  });

  it('speak the language that is given', () => {
    expect(render('{window} {resets}', undefined, {strings: stringsFor('zh', catalogue)})).toBe('高级 每月 9天3小时');
  });
});

describe('a balance without a limit', () => {
  const balance = account('deepseek:1', 'key', reading(null, [], [{id: 'balance', value: 0, unit: 'cny'}]));

  it('is never the tightest limit', () => {
    expect(render('{tightest} / {all}', [balance, ...one(3)])).toBe('OpenAI 5h 3% / OpenAI 5h 3%');
    expect(render('{tightest} / {all|nothing}', [balance])).toBe('– / nothing');
  });

  it('is ok, and has no percentage', () => {
    expect(render('{deepseek.status} {deepseek.used} {deepseek.severity}', [balance])).toBe('ok – none');
  });
});

describe('the age of a number', () => {
  it('is said when it is old or could not be renewed', () => {
    expect(render('{tightest}', one(62, {readAt: someNow - 29 * minute}))).toBe('OpenAI 5h 62%');
    expect(render('{tightest}', one(62, {readAt: someNow - 45 * minute}))).toBe('OpenAI 5h 62% (45m ago)');
    expect(render('{tightest}', one(62, {failure: failure('network')}))).toBe('OpenAI 5h 62% (just now)');
  });

  it('makes it unknown when its window has reset', () => {
    const read = reading(null, [window('5h', 99, -minute), window('weekly', 20, day)]);
    const rows = [account('zai:0', 'key', read, {readAt: someNow - 2 * minute})];
    expect(render('{tightest} / {zai.5h.used} {zai.5h.severity}', rows)).toBe('Z.ai week 20% / – none');
  });

  it('does not hide how the last asking ended', () => {
    const rows = [{...account('zai:0', 'key', null), failure: failure('expired')}];
    expect(render('{zai.status} {zai.account} {zai.used}', rows)).toBe('expired key –');
  });
});

describe('colour', () => {
  it.each([
    ['none', 'OpenAI 5h 95%'],
    ['ansi', 'OpenAI 5h \u001b[1;31m95%\u001b[0m'],
    ['tmux', 'OpenAI 5h #[fg=red,bold]95%#[default]'],
    ['pango', 'OpenAI 5h <span foreground="#ee7b80" weight="bold">95%</span>'],
  ] as const)('as %s follows the severity', (color, line) => {
    expect(render('{tightest}', one(95), {color})).toBe(line);
  });

  it('follows the thresholds of the settings', () => {
    expect(render('{used}', one(50), {color: 'tmux', thresholds: {warn: 40, critical: 60}})).toContain('yellow');
  });

  it('lets no name from outside act as markup', () => {
    const rows = one(10, {label: '#(reboot) <b>&'});
    expect(render('{account}', rows, {color: 'tmux'})).toBe('##(reboot) <b>&');
    expect(render('{account}', rows, {color: 'pango'})).toBe('#(reboot) &lt;b&gt;&amp;');
    expect(render('{account}', one(1, {label: 'a\u001b[31m\nb'}))).toBe('a b');
  });
});

it('hides identities with privacy', () => {
  expect(render('{account}', one(1), {privacy: true})).toBe('m***@e***.com');
});

describe('a mistake in the template', () => {
  it.each([
    ['{usd}', 'did you mean used?'],
    ['{tightst}', 'did you mean tightest?'],
    ['{openai.5h.usage}', 'unknown field "usage"'],
    ['{openia.used}', 'did you mean openai?'],
    ['{openai.5h}', 'unknown field "5h"'],
    ['{}', 'one of tightest, provider'],
    ['{tightest', 'unmatched {'],
    ['{tightest}}', 'unmatched }'],
    ['{{tightest}', 'unmatched }'],
  ])('in %s is named', (format, hint) => {
    expect(() => render(format)).toThrow(TemplateError);
    expect(() => render(format)).toThrow(hint);
  });

  it('is one line without control characters', () => {
    expect(() => render('{\u001b[2J\nx}')).toThrow(/^\{x\}: unknown field "x"[^\n\u001b]*$/);
  });
});
