import {describe, expect, it} from 'vitest';
import type {AlertEvent, AlertName} from '../../../src/core/alerts/event.ts';
import {alertNames} from '../../../src/core/alerts/event.ts';
import type {Language} from '../../../src/core/settings.ts';
import {alertText, givenText, inOneLine, together} from '../../../src/view/format/alert.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {forecastOf, noon} from '../../core/alerts/support.ts';

process.env.TZ = 'UTC';
const day = 86_400_000;

const eventOf = (event: AlertName, change: Partial<AlertEvent> = {}): AlertEvent => ({
  ...{event, at: noon, provider: 'openai', account: 'openai:1', label: 'user@example.com', window: 'spark/weekly'},
  ...{usedPercent: 91.4, usedBefore: 60, resetsAt: noon + 4 * day, threshold: 90, failure: null, forecast: null},
  ...change,
});
const wordsIn = (language: Language, label: string | null = null) => ({
  ...{now: noon, strings: stringsFor(language), clock: {hourCycle: 24 as const}},
  nameOf: () => 'OpenAI',
  labelOf: () => label,
});
const said = (event: AlertEvent, language: Language = 'en', label: string | null = null): string =>
  inOneLine(alertText(event, wordsIn(language, label)));

describe('the text of an alert', () => {
  it('names provider, limit, figure and what it is compared with', () => {
    expect(said(eventOf('threshold'))).toBe('OpenAI · Spark weekly limit: 91% used (alert at 90%); resets Sun 12:00');
    expect(said(eventOf('threshold', {usedPercent: 99.7}))).toContain(': 99% used (alert at 90%)');
    expect(said(eventOf('early-reset', {usedPercent: 2}))).toBe(
      'OpenAI · Spark weekly limit: was reset early: 2% used, 60% before; resets Sun 12:00',
    );
    expect(said(eventOf('run-out', {forecast: forecastOf(0.72)}))).toBe(
      'OpenAI · Spark weekly limit: runs out about Fri afternoon (70% likely); resets Sun 12:00',
    );
    const soon = forecastOf(0.97, {runOutAt: noon + 67 * 60_000, range: [noon + 40 * 60_000, noon + 90 * 60_000]});
    expect(said(eventOf('run-out', {forecast: soon}))).toContain('runs out about 13:05 (over 95% likely)');
    expect(said(eventOf('back', {resetsAt: null}))).toBe(
      'OpenAI · Spark weekly limit: available again after the reset',
    );
    expect(said(eventOf('login', {window: null, failure: 'expired'}))).toBe(
      'OpenAI: the login has expired; sign in again',
    );
  });
  it('names the account where it is told to', () => {
    expect(said(eventOf('spent'), 'en', 'user@example.com')).toContain(
      'OpenAI · user@example.com · Spark weekly limit',
    );
  });
  it.each(['en', 'zh', 'ja'] as const)('is there for every event in %s, and different for each', language => {
    const texts = alertNames.map(name => said(eventOf(name, {failure: 'bad_response'}), language));
    expect(new Set(texts).size).toBe(alertNames.length);
    for (const text of texts) expect(text).not.toMatch(/undefined|NaN|null/);
  });
  it('brings no control of a service’s to a terminal, and does not grow without end', () => {
    const text = alertText(eventOf('spent', {window: `a\u001b]0;x\u0007${'y'.repeat(500)}/5h`}), wordsIn('en'));
    expect(text.title).not.toMatch(/\p{Cc}/u);
    expect(text.title.length).toBeLessThanOrEqual(80);
  });
  it('of several is one message', () => {
    const texts = [alertText(eventOf('spent'), wordsIn('en')), alertText(eventOf('threshold'), wordsIn('en'))];
    expect(together(texts, stringsFor('en'))).toEqual({title: '2 alerts', body: texts.map(inOneLine).join('\n')});
    expect(together(texts.slice(0, 1), stringsFor('en'))).toEqual(texts[0]);
  });
  it('of one that was given says when, of what, and which', () => {
    const given = {account: 'openai:1', window: 'weekly', rule: 'threshold:90', at: noon - 3_600_000, seen: 91};
    const words = wordsIn('en');
    expect(givenText(given, words)).toBe('11:00 · Weekly limit · reached 90%');
    expect(givenText({...given, window: '', rule: 'login'}, words)).toBe('11:00 · login refused');
    expect(givenText({...given, rule: 'run-out'}, wordsIn('ja'))).toContain('使い切る見込み');
  });
});
