import type {ViewContext} from '../view/context.ts';
import type {Mode} from '../view/keymap/table.ts';
import {type DialogArea, dialogArea} from '../view/layout/dialog-area.ts';
import {focusedPanel, panelIn} from '../view/layout/screen-model.ts';
import {limitOf} from '../view/plot/limits.ts';
import {agendaList, agendaOf} from '../view/rows/agenda.ts';
import {detailView} from '../view/rows/detail.ts';
import {helpView} from '../view/rows/help.ts';
import {historyLines} from '../view/rows/history.ts';
import {type Line, span, wrapped} from '../view/rows/line.ts';
import {type ListHit, type ListView, scrolledTo} from '../view/rows/list-view.ts';
import type {FormView} from '../view/rows/login-ask.ts';
import {credentialsLines} from '../view/rows/logins.ts';
import {noticeLines} from '../view/rows/notices.ts';
import type {QuestionView} from '../view/rows/own-agree.ts';
import {paletteLines} from '../view/rows/palette.ts';
import {settingsLines} from '../view/rows/settings-view.ts';
import {isCovered} from '../view/ui-state.ts';
import {addList} from './add-list.ts';
import type {Controller} from './controller.ts';
import {paletteList} from './palette-list.ts';
import {settingsInput} from './settings.ts';

/** The view that covers the panels: what is written on it, and which part of it is visible. */
export type Dialog = {
  title: string;
  lines: readonly Line[];
  /** Lines above the others that stay while those scroll. */
  pinned: readonly Line[];
  /** Lines in view, and how far they can be scrolled. */
  height: number;
  scroll: number;
  most: number;
  hits: readonly ListHit[];
  area: DialogArea;
};

type Content = {title: string} & (ListView | FormView | Scrolled);
/** A text without a selected entry; `least`: how far it can be scrolled though it were shorter. */
type Scrolled = {lines: readonly Line[]; pinned?: readonly Line[]; hits?: readonly ListHit[]; least?: number};

/** null while the panels themselves are shown. */
export function dialogOf(controller: Controller): Dialog | null {
  const ui = controller.ui.get();
  if (!isCovered(ui)) return null;
  const {columns, rows} = controller.size();
  const area = dialogArea(columns, rows);
  const content = contentOf(controller, area.inner, controller.context());
  const {title, lines} = content;
  const hits = 'hits' in content ? (content.hits ?? []) : [];
  const pinned = 'pinned' in content ? (content.pinned ?? []) : [];
  const height = Math.max(1, area.lines - pinned.length);
  const most = Math.max(0, lines.length - height, 'least' in content ? (content.least ?? 0) : 0);
  const before = ui.scroll[scrolledThing(controller)] ?? 0;
  const wanted = wantedScroll(content, before, height);
  return {title, lines, pinned, height, scroll: Math.max(0, Math.min(most, wanted)), most, hits, area};
}

/** Of a form, what must be in view stands in the middle; of too many rows the last, where what is wrong is said. */
function wantedScroll(content: Content, before: number, height: number): number {
  if ('shown' in content) {
    const [from, to] = content.shown;
    return Math.max(to - height + 1, from - Math.max(0, Math.floor((height - (to - from + 1)) / 2)));
  }
  return 'selectedRow' in content ? scrolledTo(content, before, height) : before;
}

const scrolledThing = (controller: Controller): string => {
  const {palette, mode} = controller.ui.get();
  return palette === null ? mode : 'palette';
};

/** After the selection has moved: the list stays where it had to go, and does not jump back. */
export function keepInView(controller: Controller): void {
  const dialog = dialogOf(controller);
  const what = scrolledThing(controller);
  if (dialog === null) return;
  const by = dialog.scroll - (controller.ui.get().scroll[what] ?? 0);
  controller.dispatch({type: 'scroll', what, by, most: dialog.most});
}

function contentOf(controller: Controller, width: number, context: ViewContext): Content {
  const {palette, mode} = controller.ui.get();
  if (palette === null) return mode === 'panels' ? {title: '', lines: []} : viewOf(controller, mode, width, context);
  const lines = paletteLines(paletteList(controller), palette, width, context);
  return {title: context.strings.palette.title, ...lines};
}

function viewOf(controller: Controller, mode: Exclude<Mode, 'panels'>, width: number, context: ViewContext): Content {
  const {strings} = context;
  const ui = controller.ui.get();
  switch (mode) {
    case 'detail':
      return detailContent(controller, width, context);
    case 'agenda': {
      const entries = agendaOf(controller.model().all, context.now);
      return {title: strings.agenda.title, ...agendaList(entries, ui.selected, width, context)};
    }
    case 'history':
      return historyContent(controller, width, context);
    case 'help': {
      const {helpFilter, from, selected} = ui;
      const view = helpView({keymap: controller.keymap(), filter: helpFilter, here: from, selected}, width, context);
      return {title: strings.help.title, ...view};
    }
    case 'notices':
      return {title: strings.noticesView.title, lines: noticeLines(controller.state().notices, width, context)};
    case 'settings': {
      const {problems} = controller.services.settings.store.get();
      const input = settingsInput(controller, context);
      return {title: strings.settings.title, ...settingsLines(input, problems, ui.selected, width, context)};
    }
    case 'credentials':
      return {title: strings.credentials.title, ...loginsView(controller, width, context)};
  }
}

function detailContent(controller: Controller, width: number, context: ViewContext): Content {
  const model = controller.model();
  const panel = panelIn(model, model.focus);
  if (panel) return {title: panel.info.name, ...detailView(panel, width, context)};
  const {focus} = controller.ui.get();
  const name = controller.services.catalogue.find(info => info.id === focus)?.name ?? context.strings.detail.title;
  return {title: name, lines: [[span(context.strings.credentials.none, 'dim')]]};
}

function historyContent(controller: Controller, width: number, context: ViewContext): Content {
  const {history} = context.strings;
  const {columns, rows} = controller.size();
  const {limits, span: shown} = controller.ui.get();
  const panel = focusedPanel(controller.model());
  const limit = panel === undefined ? undefined : limitOf(panel, limits[panel.info.id]);
  const size = {width, height: dialogArea(columns, rows).lines};
  const lines = limit === undefined ? wrapped(history.none, width, 'dim') : historyLines(limit, shown, size, context);
  return {title: `${history.title} · ${history.spans[shown]}`, lines};
}

function loginsView(controller: Controller, width: number, context: ViewContext): ListView | FormView | QuestionView {
  const {accounts, disabled} = controller.state();
  const input = {
    ...controller.logins.get(),
    accounts,
    disabled,
    catalogue: controller.services.catalogue,
    found: addList(controller),
    privacy: controller.display().privacy,
    selected: controller.ui.get().selected,
  };
  return credentialsLines(input, width, context);
}
