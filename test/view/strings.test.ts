import {describe, expect, it} from 'vitest';
import {failureCodes, type Note, type NoteCode, type RemedyCode} from '../../src/core/model.ts';
import {languages} from '../../src/core/settings.ts';
import {catalogue} from '../../src/providers/index.ts';
import {cellWidth} from '../../src/view/format/cells.ts';
import {
  failureLine,
  noteText,
  noticeText,
  outcomeText,
  remedyText,
  titled,
  windowLabel,
  windowLabelWithin,
  windowShortLabel,
} from '../../src/view/format/labels.ts';
import {hourCycleOf, languageOf, stringsFor} from '../../src/view/strings/index.ts';
import {someNow} from '../support/state.ts';

const en = stringsFor('en', catalogue);

/** Every text of a language by its path. Functions are called with recognisable arguments, and once with none. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return called(value as (...parts: unknown[]) => string, path);
  // A pool's name, and a short one beside it.
  if (Array.isArray(value)) return [[path, value.join(' ')]];
  return Object.entries(value as object).flatMap(([key, item]) => leaves(item, `${path}.${key}`));
}

const parts = {
  url: 'https://u.example',
  name: 'NAME',
  command: 'COMMAND',
  version: 'VERSION',
  text: 'TEXT',
  time: 'TIME',
  percent: '77%',
};
const takesParts = (path: string): boolean => /^\.(remedies|notes)\./.test(path);

function called(say: (...parts: unknown[]) => string, path: string): [string, string][] {
  if (takesParts(path)) {
    return [
      [`${path} (all)`, say(parts)],
      [`${path} (none)`, say({})],
    ];
  }
  if (path === '.time.clock') return [[path, say('9', '05', null) + say('9', '05', 'pm')]];
  if (path === '.time.date') return [[path, say(2027, 11, 21)]];
  const given = Array.from({length: say.length}, (_, at) =>
    path.endsWith('pooled') ? ['Pool', 'Limit'][at] : 41 + at,
  );
  return [[path, say(...given)]];
}

const marks = ['https://u.example', 'NAME', 'TEXT', 'TIME', '77%', 'Pool', '2027', '41', '42'];
const marksIn = (text: string): string[] => marks.filter(mark => text.includes(mark));

describe.each(languages)('the words in %s', language => {
  const strings = stringsFor(language, catalogue);
  const english = new Map(leaves(en));

  it('are all there and never empty', () => {
    const own = leaves(strings);
    expect(own.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of own) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(/undefined|NaN|\[object|null/);
    }
  });

  it('carry the same parts as in English', () => {
    for (const [path, text] of leaves(strings)) {
      expect(marksIn(text), path).toEqual(marksIn(english.get(path) ?? ''));
    }
  });

  it('of the next poll and of failures in short fit where they stand', () => {
    expect(cellWidth(strings.panel.nextByHand)).toBeLessThanOrEqual(35);
    for (const text of Object.values(strings.failuresShort)) expect(cellWidth(text), text).toBeLessThanOrEqual(16);
  });

  it('hold no control characters and no line breaks', () => {
    for (const [path, text] of leaves(strings)) expect(text, path).not.toMatch(/\p{Cc}/u);
  });

  it('have a line for every failure and keep link and command in every remedy', () => {
    for (const code of failureCodes) expect(outcomeText(code, strings)).not.toBe('');
    for (const code of Object.keys(en.remedies) as RemedyCode[]) {
      const command = /`[^`]+`/.exec(remedyText({code, ...parts}, en))?.[0];
      if (command) expect(remedyText({code, ...parts}, strings), code).toContain(command);
    }
    expect(remedyText({code: 'verify', name: 'Google', url: 'https://accounts.google.com/v?x=1'}, strings)).toContain(
      'https://accounts.google.com/v?x=1',
    );
  });
});

it.each(['zh', 'ja'] as const)('%s is translated, not copied', language => {
  const english = new Map(leaves(en));
  const same = leaves(stringsFor(language, catalogue)).filter(
    ([path, text]) => text === english.get(path) && /[a-z]{4}/.test(text),
  );
  const names = /\.(pools|poolsShort|notes|units)\.|terminal|name|\.metrics$/;
  expect(same.filter(([path]) => !names.test(path))).toEqual([]);
});

describe('languageOf', () => {
  it.each([
    [{LANG: 'zh_CN.UTF-8'}, 'zh'],
    [{LANG: 'zh'}, 'zh'],
    [{LANG: 'ja_JP.UTF-8'}, 'ja'],
    [{LANG: 'de_DE.UTF-8'}, 'en'],
    [{LANG: 'C'}, 'en'],
    [{}, 'en'],
    [{LANG: 'ja_JP.UTF-8', LC_ALL: 'C'}, 'en'],
    [{LANG: 'en_US.UTF-8', LC_MESSAGES: 'ja_JP'}, 'ja'],
    [{LANG: 'ja_JP', LC_ALL: ''}, 'ja'],
    [{LANG: 'zhx_XX'}, 'en'],
  ] as const)('reads %j as %s', (env, language) => {
    expect(languageOf('auto', env)).toBe(language);
  });

  it('obeys the settings before the locale', () => {
    expect(languageOf('en', {LANG: 'ja_JP.UTF-8'})).toBe('en');
  });

  it.each([
    [{LANG: 'en_US.UTF-8'}, 12],
    [{LANG: 'en_GB.UTF-8'}, 24],
    [{LANG: 'en_US.UTF-8', LC_TIME: 'de_DE.UTF-8'}, 24],
    [{LANG: 'ja_JP.UTF-8'}, 24],
    [{}, 24],
  ] as const)('reads the clock of %j as %i hours', (env, hours) => {
    expect(hourCycleOf(env)).toBe(hours);
  });
});

describe('windowLabel', () => {
  it.each([
    ['5h', '5-hour limit', '5h'],
    ['weekly', 'Weekly limit', 'week'],
    ['monthly', 'Monthly limit', 'month'],
    ['30d', '30-day limit', '30d'],
    ['1d', 'Daily limit', 'day'],
    ['9h', '9-hour limit', '9h'],
    ['45m', '45-minute limit', '45m'],
    ['spark/5h', 'Spark 5-hour limit', 'Spark 5h'],
    ['code-review/weekly', 'Code review weekly limit', 'Review week'],
    ['spend/monthly', 'Spend monthly limit', 'Spend month'],
    ['mcp/monthly', 'MCP / web search monthly limit', 'MCP month'],
    ['claude-gpt/weekly', 'Claude + GPT weekly limit', 'Claude week'],
    ['some-new_pool/5h', 'Some New Pool 5-hour limit', 'Some New Pool 5h'],
    ['gpt-9.1-turbo/weekly', 'GPT 9.1 Turbo weekly limit', 'GPT 9.1 Turbo week'],
    ['unit7x3', 'Limit (unit 7 × 3)', '7×3'],
    ['tokens/unit7x3', 'Tokens limit (unit 7 × 3)', 'Tokens 7×3'],
    ['constructor/5h', 'Constructor 5-hour limit', 'Constructor 5h'],
    ['something', 'Something', 'Something'],
    ['a/b/weekly', 'A B weekly limit', 'A B week'],
  ])('of %s is %s, in short %s', (id, full, short) => {
    expect([windowLabel(id, en), windowShortLabel(id, en)]).toEqual([full, short]);
  });

  it('is spelled in every language', () => {
    expect(windowLabel('5h', stringsFor('zh', catalogue))).toBe('5 小时限额');
    expect(windowLabel('spark/5h', stringsFor('ja', catalogue))).toBe('Spark 5時間枠');
  });
});

it('spells a note with its time and percentage', () => {
  const style = {hourCycle: 24} as const;
  const note: Note = {code: 'model', text: 'gemini-2.5-pro', percent: 41.2};
  expect(noteText(note, someNow, en, style)).toBe('gemini-2.5-pro: 41% used');
  expect(noteText({code: 'pool-exhausted', text: 'premium'}, someNow, en, style)).toBe('used up: Premium');
  expect(noteText({code: 'pool-exhausted', text: 'stranger'}, someNow, en, style)).toBe('used up: stranger');
  expect(noteText({code: 'model-closed', text: 'gpt-6-astra'}, someNow, en, style)).toBe('gpt-6-astra is unavailable');
  const codes = Object.keys(en.notes) as NoteCode[];
  for (const code of codes) expect(noteText({code}, someNow, en, style)).not.toBe('');
});

it('tells a place from a provider when a credential is to be replaced', () => {
  const remedy = (name: string) => remedyText({code: 'replace-credential', name}, en);
  expect(remedy('zai')).toBe('store a new credential: `mystatus-tui login zai`');
  expect(remedy('ZAI_API_KEY')).toBe('renew it in ZAI_API_KEY, or store a new credential: `mystatus-tui login`');
});

it('puts what happened and what to do into one line', () => {
  const failure = {code: 'expired', detail: '', retryAt: null, remedy: {code: 'run', command: 'codex'}} as const;
  expect(failureLine(failure, en)).toBe('the login has expired — run `codex`');
  expect(failureLine({...failure, remedy: null}, en)).toBe('the login has expired');
  expect(noticeText({code: 'settings', text: 'x'}, en)).toBe('settings: x');
  expect(titled('glm_coding-PLAN')).toBe('GLM Coding PLAN');
});

it('names a monthly pool by its pool where there is too little room, and cuts nothing else', () => {
  expect(windowLabelWithin('premium/monthly', 13, en)).toBe('Premium month');
  expect(windowLabelWithin('premium/monthly', 11, en)).toBe('Premium');
  expect(windowLabelWithin('completions/monthly', 11, en)).toBe('Compl.');
  // Claude 5h or Claude week? The pool alone would not say.
  expect(windowLabelWithin('claude-gpt/weekly', 8, en)).toBe('Claude week');
  expect(windowLabelWithin('monthly', 3, en)).toBe('month');
});
