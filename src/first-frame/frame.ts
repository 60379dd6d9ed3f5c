import {styled} from '../components/styled.ts';
import {derivedFrom, type ShownServices, type ShownTerminal} from '../controllers/derived.ts';
import type {MonitorState} from '../core/model.ts';
import type {ProviderInfo} from '../core/services.ts';
import {type Display, defaultProviderSettings, defaultSettings, type Settings} from '../core/settings.ts';
import {createStore} from '../core/store.ts';
import type {OwnThemes} from '../core/themes.ts';
import {type Part, screenParts} from '../view/rows/screen-parts.ts';
import {firstUi} from '../view/ui-state.ts';

export type FrameInput = {
  state: MonitorState;
  now: number;
  settings: Settings;
  themes: OwnThemes;
  catalogue: readonly ProviderInfo[];
  terminal: ShownTerminal;
  /** What the command line says over the settings. */
  display: Partial<Display>;
};

/** The screen as it opens, written row by row at its places: what the components draw with the same state at the same moment. */
export function frameOf(input: FrameInput): string {
  const {terminal, display, now} = input;
  const derived = derivedFrom({
    services: servicesOf(input),
    terminal,
    ui: createStore(firstUi),
    overrides: createStore(display),
    histories: {of: createStore(undefined)},
    now: createStore(now),
  });
  const [state, keymap, model, context] = [derived.state(), derived.keymap(), derived.model(), derived.context()];
  const {theme, ascii} = context;
  return screenParts({ui: firstUi, state, keymap, model, context})
    .flatMap(({x, y, lines}: Part) => lines.map((line, index) => at(x, y + index) + styled(line, theme, ascii)))
    .join('');
}

const at = (x: number, y: number): string => `\u001b[${y + 1};${x + 1}H`;

/** Nothing is forecast yet, nothing was alerted, and nobody polls. */
function servicesOf({state, now, settings, themes, catalogue}: FrameInput): ShownServices {
  return {
    catalogue,
    now: () => now,
    monitor: {store: createStore(state), forecasts: createStore(() => null), learnedOf: () => null},
    settings: {store: createStore({settings, themes, problems: []})},
    alerts: {given: createStore([])},
  };
}

type Kept = Pick<Settings, 'display' | 'layout' | 'thresholds' | 'keys'> & {
  intervals: Readonly<Record<string, number>>;
};

/** What is drawn by, and the defaults of all else. */
export const settingsWith = ({intervals, ...kept}: Kept): Settings => ({
  ...defaultSettings,
  ...kept,
  providers: Object.fromEntries(
    Object.entries(intervals).map(([id, intervalSeconds]) => [id, {...defaultProviderSettings, intervalSeconds}]),
  ),
});
