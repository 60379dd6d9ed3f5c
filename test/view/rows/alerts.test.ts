import {describe, expect, it} from 'vitest';
import type {GivenAlert} from '../../../src/core/alerts/event.ts';
import {nextPolls} from '../../../src/core/polling/next-poll.ts';
import {detailLines} from '../../../src/view/rows/detail.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {testLook} from '../../support/look.ts';
import {account, hour, monitorState, reading, someNow, window} from '../../support/state.ts';

process.env.TZ = 'UTC';

const accounts = ['openai:1', 'openai:2'].map(key =>
  account(key, `${key} account`, reading('Plus', [window('weekly', 93, 40 * hour)])),
);
const panel = {
  info: {id: 'openai', name: 'OpenAI', usageUrl: '', intervalSeconds: {default: 120, floor: 60}, places: []},
  accounts,
  discovered: true,
  next: nextPolls(monitorState(accounts), someNow),
};
const given = (rule: string, hoursAgo: number, more: Partial<GivenAlert> = {}): GivenAlert => ({
  ...{account: 'openai:1', window: 'weekly', rule, at: someNow - hoursAgo * hour, seen: 93},
  ...more,
});
const details = (alerts: readonly GivenAlert[], width = 60, more = {}): string[] =>
  detailLines(panel, width, testLook({alerts, ...more})).map(plain);

describe('the last alerts among the details', () => {
  it('are of their account, and the first five', () => {
    const alerts = [
      given('spent', 1),
      given('threshold:90', 2),
      given('login', 3, {window: '', account: 'openai:2'}),
      ...[4, 5, 6, 7].map(hours => given('early-reset', hours)),
    ];
    const lines = details(alerts);
    const [first, second] = [lines.indexOf('Alerts'), lines.lastIndexOf('Alerts')];
    expect(lines.slice(first, first + 7)).toEqual([
      'Alerts',
      '• 08:00 · Weekly limit · limit reached',
      '• 07:00 · Weekly limit · reached 90%',
      '• 05:00 · Weekly limit · reset early',
      '• 04:00 · Weekly limit · reset early',
      '• 03:00 · Weekly limit · reset early',
      '',
    ]);
    expect(lines.slice(second, second + 3)).toEqual(['Alerts', '• 06:00 · login refused', '']);
  });
  it('take no room where there are none', () => {
    expect(details([])).not.toContain('Alerts');
    expect(details([given('spent', 1, {account: 'openai:3'})])).toEqual(details([]));
  });
  it('fit into little room, in every language', () => {
    for (const language of ['en', 'zh', 'ja'] as const)
      for (const line of detailLines(
        panel,
        24,
        testLook({alerts: [given('plan-changed', 1)], strings: stringsFor(language)}),
      ))
        expect(lineWidth(line)).toBeLessThanOrEqual(24);
  });
});
