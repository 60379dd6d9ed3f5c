import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {MonitorState} from '../../src/core/model.ts';
import {plainLines} from '../../src/output/plain.ts';
import {onceText, type TextOptions} from '../../src/output/text.ts';
import {catalogue} from '../../src/providers/index.ts';
import {cellWidth} from '../../src/view/format/cells.ts';
import {stringsFor} from '../../src/view/strings/index.ts';
import {forecastsFrom} from '../support/program.ts';
import {
  account,
  crowd,
  exhausted,
  failing,
  failure,
  fresh,
  hour,
  monitorState,
  nothing,
  reading,
  someNow,
  window,
} from '../support/state.ts';

const names = {
  openai: 'OpenAI',
  copilot: 'GitHub Copilot',
  google: 'Google Antigravity',
  zai: 'Z.ai',
  zhipu: 'Zhipu AI',
};
const options = (more: Partial<TextOptions> = {}): TextOptions => ({
  now: someNow,
  width: 80,
  color: false,
  ascii: false,
  privacy: false,
  strings: stringsFor('en', catalogue),
  hourCycle: 24,
  show: 'used',
  thresholds: {warn: 70, critical: 90},
  names,
  forecastOf: forecastsFrom([], someNow),
  ...more,
});
const lines = (state: MonitorState, more: Partial<TextOptions> = {}): string[] =>
  onceText(state, options(more)).split('\n');
const link = /:\/\//;

describe('--once', () => {
  it('shows whose, which limit, how much, until when and how old', () => {
    const text = onceText(fresh(), options());
    expect(text).toMatch(/^OpenAI · user@example\.com · Plus +just now$/m);
    expect(text).toMatch(/^ {2}5-hour limit +━+┃━╌+ +62% +▲6 +2h13m$/m);
    expect(text).toMatch(/^ {2}Credits: 796\.25 credits$/m);
    expect(text).toMatch(/^ +Limit +Used +Resets in$/m);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('puts every bar, number and reset under the one above', () => {
    const rows = lines(fresh()).filter(line => /%.* \d+[dhms]/.test(line));
    expect(rows.length).toBeGreaterThan(8);
    expect(new Set(rows.map(line => line.indexOf('%'))).size).toBe(1);
    expect(new Set(rows.map(line => cellWidth(line))).size).toBe(1);
  });

  it('says a failure and its remedy, below the last reading and its age', () => {
    const text = onceText(failing(), options());
    expect(text).toContain('! the login has expired — run `codex`');
    expect(text).toMatch(/^OpenAI .* 47m ago$/m);
    expect(text).toContain('62%');
  });

  it('keeps a link whole, even where it does not fit', () => {
    const url = `https://accounts.google.com/${'x'.repeat(90)}`;
    const state = monitorState([
      account('google:0', 'me', null, {
        failure: failure('auth_rejected', {remedy: {code: 'verify', name: 'Google', url}}),
      }),
    ]);
    expect(lines(state, {width: 40})).toContain(`  ${url}`);
  });

  it('tells unknown, unlimited, not started and over apart, with and without ASCII', () => {
    const used = (id: string, ascii: boolean, state = fresh()) =>
      lines(state, {ascii})
        .find(line => line.includes(id))
        ?.replace(/^.*?limit\s*/, '');
    for (const ascii of [false, true]) {
      const drawings = ['Chat', 'Gemini weekly', 'GPT weekly', 'Gemini 5-hour'].map(id => used(id, ascii));
      expect(new Set(drawings).size).toBe(4);
    }
    expect(onceText(exhausted(), options())).toMatch(/Premium.*━ 137% ‼/);
  });

  it('turns to what is left', () => {
    const text = onceText(fresh(), options({show: 'left'}));
    expect(text).toMatch(/5-hour limit .*38%/);
    expect(text).toMatch(/^ +Limit +Left +Resets in$/m);
  });

  it('says what is forecast where there is room for the names of the limits beside it', () => {
    const wide = onceText(fresh(), options({width: 100}));
    expect(wide).toMatch(/^ {2}Weekly limit .* 21% +4d06h likely lasts$/m);
    expect(wide).toMatch(/^ +Limit +Used +Resets in$/m);
    expect(onceText(fresh(), options({width: 100, forecastOf: () => null}))).not.toMatch(/lasts|▲/);
  });

  it('has colours only when told to', () => {
    expect(onceText(exhausted(), options())).not.toContain('\u001b');
    const colored = onceText(exhausted(), options({color: true}));
    expect(colored).toContain('\u001b[1;31m');
    expect(colored.replace(/\u001b\[[\d;]*m/g, '').replace(/ +$/gm, '')).toBe(onceText(exhausted(), options()));
  });

  it('is pure ASCII when told to', () => {
    for (const state of [fresh(), failing(), exhausted(), nothing()]) {
      expect(onceText(state, options({ascii: true}))).toMatch(/^[\n\u0020-\u007e]*$/);
    }
  });

  it('hides identities with privacy', () => {
    expect(onceText(failing(), options({privacy: true}))).not.toMatch(/user@example|octo\b/);
  });

  it('says how to begin when there is nothing', () => {
    const text = onceText(nothing(), options());
    expect(text).toContain('No logins found');
    expect(text).toContain('--demo');
  });

  it('says so when a provider reported nothing', () => {
    expect(onceText(monitorState([account('zai:0', 'key', reading('Pro', []))]), options())).toContain(
      'no quota windows reported',
    );
  });

  it('shows a balance without a limit as an amount, and nothing else', () => {
    const note = {code: 'moonshot-cn/owes', amount: {value: 1.2, unit: 'cny'}} as const;
    const amounts = [{id: 'balance', value: 2.5, unit: 'cny'}] as const;
    const state = monitorState([account('zai:0', 'key', reading(null, [], [...amounts], [note]))]);
    expect(onceText(state, options())).toMatch(/^ +Balance: CN¥2\.50\n +owes CN¥1\.20$/m);
    expect(onceText(state, options({ascii: true}))).toMatch(/^[\n\u0020-\u007e]*$/);
    expect(plainLines(state, options())).toEqual(['Z.ai, key: Balance: CN¥2.50', 'Z.ai, key: owes CN¥1.20']);
  });

  const states = {fresh, failing, exhausted, nothing, crowd: () => crowd(30)};
  it('fits every width in every language', () => {
    for (const [name, state] of Object.entries(states)) {
      for (const language of ['en', 'zh', 'ja'] as const) {
        for (const width of [20, 30, 40, 60, 80, 200]) {
          const shown = lines(state(), {width, strings: stringsFor(language, catalogue)});
          for (const line of shown.filter(each => !link.test(each))) {
            expect(cellWidth(line), `${name} ${language} ${width}: ${line}`).toBeLessThanOrEqual(width);
          }
        }
      }
    }
  });

  it('fits and stays harmless whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), fc.string(), fc.integer({min: 20, max: 120}), (label, plan, width) => {
        const state = monitorState([account('zai:0', label, reading(plan, [window('5h', 5, hour)]))]);
        for (const line of lines(state, {width})) {
          expect(line).not.toMatch(/\p{Cc}/u);
          if (!link.test(line)) expect(cellWidth(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});

describe('plain lines', () => {
  it('are complete sentences, one for each limit, amount and failure', () => {
    const sentences = plainLines(failing(), options());
    expect(sentences).toContain(
      'OpenAI, user@example.com, Plus: 5-hour limit 62% used, resets in 2h 13m, read 47m ago',
    );
    expect(sentences).toContain('OpenAI, user@example.com, Plus: the login has expired — run `codex`');
    expect(sentences.join('')).not.toMatch(/[█░▶│]/);
  });

  it('say over, unlimited, unknown and not started in words', () => {
    const text = [...plainLines(fresh(), options()), ...plainLines(exhausted(), options())].join('\n');
    for (const words of ['137% used, over', 'Chat monthly limit unlimited', 'weekly limit unknown', 'not started']) {
      expect(text).toContain(words);
    }
  });

  it('say how to begin when there is nothing, and that there is no data yet', () => {
    expect(plainLines(nothing(), options())[0]).toContain('No logins found');
    expect(plainLines(monitorState([account('zai:0', 'key', null)]), options())).toEqual(['Z.ai, key: no data yet']);
  });
});
