import {credentialsLines} from '../view/credentials-view.ts';
import {detailLines} from '../view/detail.ts';
import {helpLines} from '../view/help.ts';
import type {Mode} from '../view/keymap.ts';
import {type Line, span} from '../view/line.ts';
import type {Look} from '../view/look.ts';
import {noticeLines} from '../view/notices.ts';
import {settingsLines} from '../view/settings-view.ts';
import {type SheetArea, sheetArea} from '../view/sheet.ts';
import type {Desk} from './desk.ts';
import {settingsInput} from './settings-desk.ts';

/** The view that covers the panels: what is written on it, and which part of it is visible. */
export type Sheet = {title: string; lines: readonly Line[]; height: number; scroll: number; area: SheetArea};

/** null while the panels themselves are shown. */
export function sheetOf(desk: Desk, look: Look): Sheet | null {
  const ui = desk.ui.get();
  if (ui.mode === 'panels') return null;
  const area = sheetArea(desk.size.columns, desk.size.rows);
  const {title, lines, selectedRow} = contentOf(desk, ui.mode, area.inner, look);
  const most = Math.max(0, lines.length - area.lines);
  const wanted = selectedRow === undefined ? (ui.scroll[ui.mode] ?? 0) : selectedRow - Math.floor(area.lines / 3);
  return {title, lines, height: area.lines, scroll: Math.max(0, Math.min(most, wanted)), area};
}

type Content = {title: string; lines: readonly Line[]; selectedRow?: number};

function contentOf(desk: Desk, mode: Exclude<Mode, 'panels'>, width: number, look: Look): Content {
  const {strings} = look;
  const ui = desk.ui.get();
  const {catalogue} = desk.program;
  switch (mode) {
    case 'detail': {
      const scene = desk.scene(look.now);
      const panel = scene.panels.find(each => each.info.id === scene.focus);
      if (panel) return {title: panel.info.name, lines: detailLines(panel, width, look)};
      const name = catalogue.find(info => info.id === ui.focus)?.name ?? strings.detail.title;
      return {title: name, lines: [[span(strings.credentials.none, 'dim')]]};
    }
    case 'help':
      return {title: strings.help.title, lines: helpLines(desk.keymap(), ui.helpFilter, width, look)};
    case 'notices':
      return {title: strings.noticesView.title, lines: noticeLines(desk.state().notices, width, look)};
    case 'settings': {
      const {problems} = desk.program.settings.store.get();
      return {
        title: strings.settings.title,
        ...settingsLines(settingsInput(desk, look), problems, ui.selected, width, look),
      };
    }
    case 'credentials': {
      const {accounts, disabled} = desk.state();
      const input = {
        ...desk.logins.get(),
        accounts,
        disabled,
        catalogue,
        privacy: desk.display().privacy,
        selected: ui.selected,
      };
      return {title: strings.credentials.title, ...credentialsLines(input, width, look)};
    }
  }
}
