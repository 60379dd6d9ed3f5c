import {describe, expect, it} from 'vitest';
import {defaultSettings} from '../../../src/core/settings.ts';
import {cellWidth} from '../../../src/view/format/cells.ts';
import {plain} from '../../../src/view/rows/line.ts';
import {nextInterval, settingRows} from '../../../src/view/rows/settings.ts';
import {settingsLines} from '../../../src/view/rows/settings-view.ts';
import {withProvider} from '../../../src/view/rows/switches.ts';
import {testLook} from '../../support/look.ts';

const info = (own: number, floor = 60) => ({
  id: 'acme',
  name: 'Acme',
  usageUrl: 'https://acme.example/',
  intervalSeconds: {default: own, floor},
  places: [],
});
const next = (intervalSeconds: number | null, by: 1 | -1, own = 120, floor = 60): number | null =>
  nextInterval(withProvider(defaultSettings, 'acme', {intervalSeconds}), info(own, floor), by);

describe('the next interval', () => {
  it('is longer or shorter by a step, and the own one of the provider on the way', () => {
    expect([next(null, 1), next(null, -1)]).toEqual([180, 90]);
    expect([next(180, -1), next(90, 1)]).toEqual([null, null]);
    expect([next(120, 1), next(120, -1)]).toEqual([180, 90]);
  });

  it('counts an own interval that nobody else has for a step', () => {
    expect([next(120, 1, 150), next(180, -1, 150)]).toEqual([null, null]);
    expect([next(null, 1, 150), next(null, -1, 150)]).toEqual([180, 120]);
  });

  it('stays within the floor of the provider and the longest one', () => {
    expect([next(300, -1, 300, 300), next(60, -1), next(7200, 1)]).toEqual([null, 60, 7200]);
    expect(next(180, -1, 900, 180)).toBe(180);
    // What the file holds beyond the steps is left only towards them.
    expect([next(86_400, 1), next(86_400, -1)]).toEqual([86_400, 7200]);
  });
});

describe('the settings', () => {
  const drawn = (width: number, enabled: boolean): string => {
    const settings = withProvider(defaultSettings, 'acme', {enabled});
    const context = testLook();
    const input = {
      settings,
      display: settings.display,
      catalogue: [info(120)],
      strings: context.strings,
      themes: new Map(),
    };
    return plain(settingsLines(input, [], 0, width, context).lines[1] ?? []);
  };

  it('say on what the interval is before that it is the default', () => {
    expect(drawn(96, true)).toContain('‹ on · 2m (default) ›');
    expect(drawn(26, true)).toContain('‹ on · 2m ›');
  });

  it('come to the default of a threshold again, wherever the file had left it', () => {
    const warnAt = (warn: number, by: 1 | -1): number => {
      const settings = {...defaultSettings, thresholds: {warn, critical: 90}};
      const input = {
        settings,
        display: settings.display,
        catalogue: [],
        strings: testLook().strings,
        themes: new Map(),
      };
      const change = settingRows(input)[0]?.change(by);
      return change !== undefined && 'settings' in change ? change.settings(settings).thresholds.warn : Number.NaN;
    };
    expect([warnAt(68, 1), warnAt(73, -1), warnAt(65, 1), warnAt(75, -1)]).toEqual([70, 70, 70, 70]);
    expect([warnAt(5, -1), warnAt(85, 1), warnAt(84, 1)]).toEqual([5, 85, 85]);
  });

  it.each([16, 20, 36, 96])('tell on from off in %i cells', width => {
    for (const [enabled, word] of [
      [true, 'on'],
      [false, 'off'],
    ] as const) {
      const [mark = '', value = ''] = drawn(width, enabled).split('‹');
      expect(cellWidth(`${mark}‹ ${word}`)).toBeLessThanOrEqual(width);
      expect(value.trim()).toMatch(new RegExp(`^${word}\\b`));
    }
  });
});
