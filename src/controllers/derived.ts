import type {GivenAlert} from '../core/alerts/event.ts';
import type {ForecastOf} from '../core/foresight/forecasts.ts';
import type {HistoryOf} from '../core/foresight/history-log.ts';
import type {MonitorState} from '../core/model.ts';
import type {ProviderInfo, Services} from '../core/services.ts';
import {type Display, enabledProviders, type LayoutSettings, type Settings, settingsOf} from '../core/settings.ts';
import type {Store} from '../core/store.ts';
import type {OwnThemes} from '../core/themes.ts';
import type {ViewContext} from '../view/context.ts';
import {hideIdentities} from '../view/format/privacy.ts';
import {keyOf} from '../view/keymap/spell.ts';
import {type Keymap, keymapWith} from '../view/keymap/table.ts';
import {type ScreenModel, screenModelOf} from '../view/layout/screen-model.ts';
import {type PanelModel, panelsOf} from '../view/rows/panel.ts';
import {alike, remembering} from '../view/sharing.ts';
import {stringsFor} from '../view/strings/index.ts';
import type {TerminalControl} from '../view/terminal.ts';
import {type Background, themeFor} from '../view/theme/theme.ts';
import type {Ui} from '../view/ui-state.ts';
import {followFans, type Histories} from './history.ts';

/** What follows from the stores. Each answer stays the same object until something in it changes. */
export type Derived = {
  settings(): Settings;
  /** Ids of the providers that the settings switch on. */
  enabled(): readonly string[];
  display(): Display;
  keymap(): Keymap;
  context(): ViewContext;
  /** The monitor's state as it may be shown. */
  state(): MonitorState;
  model(): ScreenModel;
};

/** What is needed to draw, and nothing that polls, writes or asks. */
export type ShownServices = Pick<Services, 'catalogue' | 'named' | 'now'> & {
  monitor: Pick<Services['monitor'], 'store' | 'forecasts' | 'learnedOf'>;
  settings: Pick<Services['settings'], 'store'>;
  alerts: Pick<Services['alerts'], 'given'>;
};
export type ShownTerminal = Pick<TerminalControl, 'size' | 'depth' | 'background' | 'ascii' | 'language' | 'hourCycle'>;

export type Sources = {
  services: ShownServices;
  terminal: ShownTerminal;
  ui: Store<Ui>;
  overrides: Store<Partial<Display>>;
  histories: Pick<Histories, 'of'>;
  now: Store<number>;
};

export function derivedFrom({services, terminal, ui, overrides, histories, now}: Sources): Derived {
  const {catalogue, monitor} = services;
  const displayOf = remembering((kept: Display, own: Partial<Display>): Display => ({...kept, ...own}));
  const keymapOf = remembering(keymapWith);
  const contextOf = rememberedContext(services, terminal);
  const hidden = remembering(hideIdentities);
  const panelsAt = sharedPanels(catalogue);
  const modelOf = rememberedModel(services);

  const settings = (): Settings => services.settings.store.get().settings;
  const themes = (): OwnThemes => services.settings.store.get().themes;
  const enabled = (): string[] => enabledProviders(catalogue, settings()).map(({id}) => id);
  const display = (): Display => displayOf(settings().display, overrides.get());
  const keymap = (): Keymap => keymapOf(settings().keys);
  const state = (): MonitorState => (display().privacy ? hidden(monitor.store.get()) : monitor.store.get());
  const context = (): ViewContext =>
    contextOf(
      settings(),
      display(),
      keymap(),
      terminal.background.get(),
      now.get(),
      themes(),
      histories.of.get(),
      services.alerts.given.get(),
    );
  const model = (): ScreenModel =>
    modelOf(
      panelsAt(state(), now.get(), monitor.forecasts.get(), settings().customProviders),
      state(),
      ui.get(),
      settings().layout,
      terminal.size.get(),
      context(),
    );
  return {settings, enabled, display, keymap, state, context, model};
}

/** A panel in which nothing changed stays the same object. */
function sharedPanels(catalogue: readonly ProviderInfo[]) {
  let before: readonly PanelModel[] = [];
  // What a definition says is in the catalogue by then, too.
  return remembering(
    (
      state: MonitorState,
      now: number,
      forecastOf: ForecastOf,
      _: Settings['customProviders'],
    ): readonly PanelModel[] => {
      const byId = new Map(before.map(panel => [panel.info.id, panel]));
      before = panelsOf(state, catalogue, now, forecastOf).map(panel => {
        const last = byId.get(panel.info.id);
        return last !== undefined && alike(last, panel) ? last : panel;
      });
      return before;
    },
  );
}

const rememberedModel = ({catalogue, named}: ShownServices) =>
  remembering(
    (
      all: readonly PanelModel[],
      state: MonitorState,
      ui: Ui,
      layout: LayoutSettings,
      size: {columns: number; rows: number},
      context: ViewContext,
    ) => screenModelOf({all, state, catalogue, named, ui, wanted: layout, ...size, context}),
  );

function rememberedContext(services: ShownServices, terminal: ShownTerminal) {
  const {catalogue} = services;
  const fanOf = followFans(services);
  const themeOf = remembering(themeFor);
  const usualOf = (id: string): number | undefined => catalogue.find(info => info.id === id)?.intervalSeconds.default;
  return remembering(
    (
      settings: Settings,
      display: Display,
      keymap: Keymap,
      background: Background,
      now: number,
      own: OwnThemes,
      historyOf: HistoryOf | undefined,
      alerts: readonly GivenAlert[],
    ): ViewContext => {
      const ascii = display.ascii === 'auto' ? terminal.ascii : display.ascii;
      const theme = themeOf(display.theme, terminal.depth, background, own);
      return {
        now,
        alerts,
        strings: stringsFor(display.language === 'auto' ? terminal.language : display.language, catalogue),
        clock: {hourCycle: terminal.hourCycle},
        show: display.show,
        thresholds: settings.thresholds,
        ascii,
        glyphs: ascii ? 'ascii' : 'line',
        theme,
        intervalOf: id => (settingsOf(settings, id).intervalSeconds ?? usualOf(id) ?? 120) * 1000,
        historyOf,
        fanOf,
        historyKeys: {
          limit: [keyOf(keymap, 'previous-limit', ascii), keyOf(keymap, 'next-limit', ascii)].join(' ').trim(),
          span: keyOf(keymap, 'span', ascii),
        },
        openKey: keyOf(keymap, 'open', ascii) || undefined,
        optionKey: keyOf(keymap, 'toggle-option', ascii) || undefined,
      };
    },
  );
}
