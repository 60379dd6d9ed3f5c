import {describe, expect, it} from 'vitest';
import {presets} from '../../src/commands/statusline-presets.ts';
import type {ForecastOf} from '../../src/core/foresight/forecasts.ts';
import type {LedgerRow} from '../../src/core/ledger.ts';
import {fieldNames, renderStatusline, type StatuslineOptions, TemplateError} from '../../src/output/statusline.ts';
import type {StatuslinePreset} from '../../src/output/statusline-presets.ts';
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
function presetOf(name: string): StatuslinePreset {
  const preset = presets[name];
  if (preset === undefined) throw new Error(`there is no preset ${name}`);
  return preset;
}

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

it('colours the text of waybar, whose class stays a word', () => {
  const {format} = presetOf('waybar');
  const line = JSON.parse(render(format, one(95, {label: '<b>"me"'}), {reader: 'waybar', color: 'pango'}));
  expect(line).toEqual({
    text: 'OpenAI 5h <span foreground="#ee7b80" weight="bold">95%</span>',
    alt: 'critical',
    tooltip: 'OpenAI 5h <span foreground="#ee7b80" weight="bold">95%</span> · &lt;b&gt;&quot;me&quot; (Plus)',
    class: 'critical',
    percentage: 95,
  });
  expect(JSON.parse(render(format, [], {reader: 'waybar'}))).toMatchObject({class: 'none', percentage: 0, text: '–'});
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

describe('a number and a bar', () => {
  it.each([
    [0, '0', '░░░░░░░░░░'],
    [0.04, '1', '█░░░░░░░░░'],
    [12, '12', '█░░░░░░░░░'],
    [62.4, '62', '██████░░░░'],
    [99.7, '99', '█████████░'],
    [100, '100', '██████████'],
    [100.2, '101', '██████████'],
    [137, '137', '██████████'],
  ])('of %s percent keep what they mean', (used, number, bar) => {
    expect(render('{number} {bar}', one(used))).toBe(`${number} ${bar}`);
  });

  it('can be drawn with ASCII, coloured, and are unknown where no figure is', () => {
    expect(render('{bar}', one(62), {ascii: true})).toBe('======----');
    expect(render('{bar} {number}', one(95), {color: 'tmux'})).toBe('#[fg=red,bold]█████████░#[default] 95');
    expect(render('{copilot.chat/monthly.number|0} {google.gemini/weekly.bar|}.')).toBe('0 .');
  });

  it('have ids beside them, which are short', () => {
    expect(render('{openai.id} {openai.limit} {google.claude-gpt/5h.limit}')).toBe('openai 5h claude-gpt/5h');
  });
});

describe('a condition', () => {
  const either = (condition: string, rows = one(82), more: Partial<StatuslineOptions> = {}): string =>
    render(`{if ${condition}}yes {used}{else}no{end}`, rows, more);

  it.each([
    ['used >= 80', true],
    ['used > 82', false],
    ['used<=82', true],
    ['left < 20%', true],
    ['left > 18', false],
    ['number = 82', true],
    ['used != 82', false],
    ['severity = warn', true],
    ['severity != warn', false],
    ['not severity = warn', false],
    ['openai.5h.used > 81.9', true],
    ['openai.weekly.used', false],
    ['not openai.weekly.used > 5', true],
    ['account', true],
    ['stale', false],
    ['not stale', true],
    ['status = ok', true],
    ['all', true],
  ])('%s', (condition, holds) => {
    expect(either(condition)).toBe(holds ? 'yes 82%' : 'no');
  });

  it('compares what was told, not what is shown, and a name however it is escaped', () => {
    expect(either('used > 82', one(82.3))).toBe('yes 82%');
    expect(render('{if plan = A&B}same{end}', [account('openai:1', 'me', reading('A&B', []))], {reader: 'pango'})).toBe(
      'same',
    );
    expect(either('used >= 80', one(82), {color: 'ansi'})).toContain('yes');
  });

  it('knows what is old, and says how old', () => {
    const old = one(82, {readAt: someNow - 2 * hour});
    expect(render('{if stale}old: {stale}{end}', old)).toBe('old: 2h 00m ago');
    expect(render('{stale|fresh}', one(82))).toBe('fresh');
    expect(either('stale', one(82, {failure: failure('network')}))).toBe('yes 82%');
  });

  it('may stand in another one, and needs no {else}', () => {
    const nested = '{if used > 50}{if used > 80}!!{else}!{end} {used}{end}';
    expect([90, 60, 10].map(used => render(nested, one(used)))).toEqual(['!! 90%', '! 60%', '']);
  });

  it('asks for a forecast only where one is meant', () => {
    const forecastOf = (): never => {
      throw new Error('asked');
    };
    expect(render('{if openai.5h.used > 90}{risk}{else}calm{end}', one(82), {forecastOf})).toBe('calm');
  });

  it.each([
    ['{if used >= 80}x', '{if …} without {end}'],
    ['x{end}', '{end} without {if …}'],
    ['{else}', '{else} without {if …}'],
    ['{if used}a{else}b{else}c{end}', '{else} twice'],
    ['{if usd > 1}a{end}', 'did you mean used?'],
    ['{if used > 90}{nonsense}{end}', 'unknown field "nonsense"'],
    ['{if > 3}a{end}', 'nothing to compare'],
    ['{if used >}a{end}', 'nothing to compare with'],
    ['{if used > many}a{end}', 'with a number'],
    ['{if plan > 3}a{end}', 'only used, left, number and risk'],
  ])('with a mistake in it is refused: %s', (format, hint) => {
    expect(() => render(format)).toThrow(TemplateError);
    expect(() => render(format)).toThrow(hint);
  });
});

describe('escaping for all of them', () => {
  it('takes every letter that anybody acts on from names, in every field, and leaves colours', () => {
    const hostile = '$(x) `x` #(x) %{x} | "} \' \\ <b> !x ; &';
    const rows = [account('openai:1', hostile, reading(hostile, [window(`${hostile}/5h`, 95, hour)]))];
    const line = render('{account} {plan} {window} {limit} {tightest} {used}', rows, {reader: 'all', color: 'ansi'});
    expect(line.replaceAll(/\u001b\[[\d;]*m/g, '')).not.toMatch(/[$`\\"'<>&#|{};!]/);
    expect(line).toContain('\u001b[1;31m95%\u001b[0m');
  });
});

describe('a preset', () => {
  const hostile = '$(x) `x` #(x) %{x} | "} \' \\ <b> !x ; &';
  const rows = [account('openai:1', hostile, reading(hostile, [window(`${hostile}/5h`, 95, hour)]))];
  const line = (name: string): string => {
    const {format, color, escape: reader} = presetOf(name);
    return render(format, rows, {color: color ?? 'none', reader, names: {...names, claude: 'Claude'}});
  };

  it.each(Object.keys(presets))('%s is one line, which says how much is used', name => {
    expect(line(name)).toMatch(/^[^\n]*95[^\n]*$/);
    expect(render(presetOf(name).format, [], {names: {claude: 'Claude'}})).not.toContain('\n');
  });

  it('for nobody in particular holds no letter of a name that anybody acts on', () => {
    const forAll = Object.keys(presets).filter(name => presetOf(name).escape === 'all');
    expect(forAll).toContain('plain');
    for (const name of forAll) expect(line(name).replaceAll(/\u001b\[[\d;]*m/g, '')).not.toMatch(/[$`\\"'<>&#|{};!]/);
  });
});
