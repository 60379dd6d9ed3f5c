import {defaultSettings} from '../../src/core/settings.ts';
import {catalogue} from '../../src/providers/index.ts';
import type {ViewContext} from '../../src/view/context.ts';
import {stringsFor} from '../../src/view/strings/index.ts';
import {themeFor} from '../../src/view/theme/theme.ts';
import {someNow} from './state.ts';

/** How things are shown in tests, unless they say otherwise: English, dark, 24 hours. */
export const testLook = (more: Partial<ViewContext> = {}): ViewContext => ({
  now: someNow,
  strings: stringsFor('en', catalogue),
  clock: {hourCycle: 24},
  show: 'used',
  thresholds: defaultSettings.thresholds,
  ascii: false,
  glyphs: 'line',
  theme: themeFor('dark', 'truecolor', 'dark'),
  intervalOf: () => 120_000,
  ...more,
});
