import type {Mode} from '../keymap/table.ts';
import type {Strings} from '../strings/index.ts';

/** What the views are called, where keys of another view are named. */
export function placeName(mode: Mode, strings: Strings): string {
  switch (mode) {
    case 'panels':
      return strings.help.panels;
    case 'detail':
      return strings.detail.title;
    case 'help':
      return strings.help.title;
    case 'notices':
      return strings.noticesView.title;
    case 'agenda':
      return strings.agenda.title;
    case 'history':
      return strings.history.title;
    case 'settings':
      return strings.settings.title;
    case 'credentials':
      return strings.credentials.title;
  }
}
