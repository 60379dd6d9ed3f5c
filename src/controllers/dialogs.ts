import type {ViewContext} from '../view/context.ts';
import type {Mode} from '../view/keymap/table.ts';
import {type DialogArea, dialogArea} from '../view/layout/dialog-area.ts';
import {panelIn} from '../view/layout/screen-model.ts';
import {agendaLines, agendaOf} from '../view/rows/agenda.ts';
import {detailLines} from '../view/rows/detail.ts';
import {helpLines} from '../view/rows/help.ts';
import {type Line, span} from '../view/rows/line.ts';
import {credentialsLines} from '../view/rows/logins.ts';
import {noticeLines} from '../view/rows/notices.ts';
import {settingsLines} from '../view/rows/settings.ts';
import type {Controller} from './controller.ts';
import {settingsInput} from './settings.ts';

/** The view that covers the panels: what is written on it, and which part of it is visible. */
export type Dialog = {title: string; lines: readonly Line[]; height: number; scroll: number; area: DialogArea};

/** null while the panels themselves are shown. */
export function dialogOf(controller: Controller): Dialog | null {
  const ui = controller.ui.get();
  if (ui.mode === 'panels') return null;
  const {columns, rows} = controller.size();
  const area = dialogArea(columns, rows);
  const {title, lines, selectedRow, shown} = contentOf(controller, ui.mode, area.inner, controller.context());
  const most = Math.max(0, lines.length - area.lines);
  const wanted = shown
    ? scrollTo(shown, area.lines)
    : selectedRow === undefined
      ? (ui.scroll[ui.mode] ?? 0)
      : selectedRow - Math.floor(area.lines / 3);
  return {title, lines, height: area.lines, scroll: Math.max(0, Math.min(most, wanted)), area};
}

/** In the middle of what is visible; of rows that are too many the last ones, where what was typed and what is wrong stand. */
const scrollTo = ([from, to]: readonly [number, number], lines: number): number =>
  Math.max(to - lines + 1, from - Math.max(0, Math.floor((lines - (to - from + 1)) / 2)));

type Content = {
  title: string;
  lines: readonly Line[];
  selectedRow?: number;
  /** The rows that must be in view. */
  shown?: readonly [from: number, to: number];
};

function contentOf(
  controller: Controller,
  mode: Exclude<Mode, 'panels'>,
  width: number,
  context: ViewContext,
): Content {
  const {strings} = context;
  const ui = controller.ui.get();
  const {catalogue} = controller.services;
  switch (mode) {
    case 'detail': {
      const model = controller.model();
      const panel = panelIn(model, model.focus);
      if (panel) return {title: panel.info.name, lines: detailLines(panel, width, context)};
      const name = catalogue.find(info => info.id === ui.focus)?.name ?? strings.detail.title;
      return {title: name, lines: [[span(strings.credentials.none, 'dim')]]};
    }
    case 'help':
      return {title: strings.help.title, lines: helpLines(controller.keymap(), ui.helpFilter, width, context)};
    case 'notices':
      return {title: strings.noticesView.title, lines: noticeLines(controller.state().notices, width, context)};
    case 'agenda': {
      const entries = agendaOf(controller.model().all, context.now);
      return {title: strings.agenda.title, lines: agendaLines(entries, width, context, 'whole')};
    }
    case 'settings': {
      const {problems} = controller.services.settings.store.get();
      return {
        title: strings.settings.title,
        ...settingsLines(settingsInput(controller, context), problems, ui.selected, width, context),
      };
    }
    case 'credentials': {
      const {accounts, disabled} = controller.state();
      const input = {
        ...controller.logins.get(),
        accounts,
        disabled,
        catalogue,
        privacy: controller.display().privacy,
        selected: ui.selected,
      };
      return {title: strings.credentials.title, ...credentialsLines(input, width, context)};
    }
  }
}
