import type {Language} from '../../core/settings.ts';
import {createStore} from '../../core/store.ts';
import {languageOf} from '../../view/strings/index.ts';
import type {TerminalControl} from '../../view/terminal.ts';

/** The browser, as the screen sees a terminal. */
export function createBrowserTerminal(): TerminalControl {
  const light = matchMedia('(prefers-color-scheme: light)');
  const background = createStore<'light' | 'dark'>(light.matches ? 'light' : 'dark');
  light.addEventListener('change', () => background.set(light.matches ? 'light' : 'dark'));
  return {
    size: createStore({columns: 80, rows: 24}),
    depth: 'truecolor',
    background,
    ascii: false,
    reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
    language: browserLanguage(),
    hourCycle: hourCycleHere(),
    listen: () => () => {},
    setMouse() {},
    copy: text => void navigator.clipboard?.writeText(text),
    async openUrl(url) {
      return window.open(url, '_blank', 'noopener,noreferrer') !== undefined;
    },
    suspend: async () => false,
    redraw() {},
  };
}

export const browserLanguage = (): Language => languageOf('auto', {LANG: navigator.language.replace('-', '_')});

function hourCycleHere(): 12 | 24 {
  const {hourCycle} = new Intl.DateTimeFormat(navigator.language, {hour: 'numeric'}).resolvedOptions();
  return hourCycle === 'h11' || hourCycle === 'h12' ? 12 : 24;
}
