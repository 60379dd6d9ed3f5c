import {describe, expect, it} from 'vitest';
import {absenceIn, absenceLines, hiddenNames, usualKeys} from '../../../src/view/rows/absence.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';

const catalogue = [
  {id: 'openai', name: 'OpenAI'},
  {id: 'copilot', name: 'GitHub Copilot'},
  {id: 'zai', name: 'Z.ai'},
];
const provider = (id: string, shown: number, hidden: number) => ({
  id,
  accounts: Array.from({length: shown}, (_, at) => `${id}:${at}`),
  hidden,
});
const lines = (...parts: Parameters<typeof absenceIn>) =>
  absenceLines(absenceIn(...parts), usualKeys, stringsFor('en'));

describe('what is there and not shown', () => {
  it('is said where nothing is shown at all', () => {
    const state = {disabled: ['copilot'], providers: [provider('openai', 0, 1), provider('zai', 0, 1)]};
    expect(lines(state, catalogue)).toEqual([
      'GitHub Copilot is switched off: enable it in settings (,)',
      '2 logins hidden: press c',
    ]);
    expect(lines({disabled: ['openai', 'zai'], providers: []}, catalogue)).toEqual([
      'OpenAI, Z.ai are switched off: enable them in settings (,)',
    ]);
    expect(lines({disabled: [], providers: [provider('zai', 0, 1)]}, catalogue)).toEqual(['1 login hidden: press c']);
  });

  it('is said beside what is shown only of providers that are named', () => {
    const state = {disabled: ['copilot'], providers: [provider('openai', 2, 3), provider('zai', 0, 4)]};
    expect(lines(state, catalogue)).toEqual([]);
    expect(lines(state, catalogue, ['openai'])).toEqual([]);
    expect(lines(state, catalogue, ['openai', 'copilot'])).toEqual([
      'GitHub Copilot is switched off: enable it in settings (,)',
    ]);
    expect(lines(state, catalogue, ['zai'])).toEqual(['4 logins hidden: press c']);
  });

  it('is nothing where no login was found', () => {
    expect(lines({disabled: [], providers: [provider('openai', 0, 0)]}, catalogue, ['openai'])).toEqual([]);
  });

  it('names the providers of which nothing is left to show', () => {
    const providers = [provider('openai', 1, 1), provider('copilot', 0, 2), provider('zai', 0, 0)];
    expect(hiddenNames({disabled: [], providers}, catalogue)).toEqual(['GitHub Copilot']);
  });

  it('names the keys of the user, in every language', () => {
    for (const language of ['en', 'zh', 'ja'] as const) {
      const keys = {settings: 'F7', credentials: 'F8'};
      const [off, hidden] = absenceLines({off: ['OpenAI'], hidden: 12}, keys, stringsFor(language));
      expect(off).toMatch(/OpenAI.*F7/);
      expect(hidden).toMatch(/12.*F8/);
    }
  });
});
