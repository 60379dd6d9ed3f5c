import type {Mode} from './keymap/table.ts';
import {lineOf, type TypedLine} from './line-edit.ts';
import type {PlotSpan} from './plot/spans.ts';

/** What the person at the screen has chosen for now; nothing here is kept when the program ends. */
export type Ui = {
  mode: Mode;
  /** The mode that Esc goes back to. */
  from: Mode;
  /** Provider id; null: the first that is shown. */
  focus: string | null;
  /** Id of the focused row of the table: an account, or those of a provider that share one. */
  row: string | null;
  /** Ids of providers whose accounts keep their own rows in a table that is too long for them. */
  unfolded: readonly string[];
  /** First visible row of each scrolled thing: a provider id, or a mode. */
  scroll: Readonly<Record<string, number>>;
  filter: string;
  helpFilter: string;
  /** How many letters of the filter stand before its cursor. */
  cursor: number;
  /** True while the filter line is open and characters are text. */
  typing: boolean;
  /** Selected row of the settings and of the credentials view. */
  selected: number;
  /** By provider id the limit whose history is shown, as `nameOf` names it; and how much time of it. */
  limits: Readonly<Record<string, string>>;
  span: PlotSpan;
  /** The command palette, over whatever is shown; null while it is closed. */
  palette: {text: string; selected: number} | null;
  /** One line in place of the footer, until it is replaced or its time is over. */
  message: {text: string; id: number} | null;
};

export type UiEvent =
  | {type: 'focus'; id: string; row?: string}
  | {type: 'fold'; id: string; folded: boolean}
  | {type: 'enter'; mode: Mode}
  | {type: 'back'}
  | {type: 'scroll'; what: string; by: number; most: number}
  | {type: 'filter-open'}
  /** Without a `cursor` it stands at the end. */
  | {type: 'filter-text'; text: string; cursor?: number}
  | {type: 'filter-close'; keep: boolean}
  | {type: 'select'; index: number}
  | {type: 'limit'; provider: string; name: string}
  | {type: 'span'; span: PlotSpan}
  | {type: 'palette-open'}
  | {type: 'palette-text'; text: string}
  | {type: 'palette-select'; index: number}
  | {type: 'palette-close'}
  | {type: 'notify'; text: string}
  | {type: 'clear-message'; id: number};

export const firstUi: Ui = {
  mode: 'panels',
  from: 'panels',
  focus: null,
  row: null,
  unfolded: [],
  scroll: {},
  filter: '',
  helpFilter: '',
  cursor: 0,
  typing: false,
  selected: 0,
  limits: {},
  span: 'windows',
  palette: null,
  message: null,
};

export function reduceUi(ui: Ui, event: UiEvent): Ui {
  switch (event.type) {
    case 'focus':
      return focused(ui, event.id, event.row);
    case 'fold': {
      const others = ui.unfolded.filter(id => id !== event.id);
      return {...ui, unfolded: event.folded ? others : [...others, event.id]};
    }
    case 'enter':
      return enter(ui, event.mode);
    case 'back':
      return back(ui);
    case 'scroll':
      return scroll(ui, event.what, event.by, event.most);
    case 'filter-open':
      return {...ui, typing: true, cursor: lineOf(filterOf(ui)).cursor, message: null};
    case 'filter-text':
      return {...withFilter(ui, event.text), cursor: event.cursor ?? lineOf(event.text).cursor, scroll: {}};
    case 'filter-close':
      return event.keep ? {...ui, typing: false} : {...withFilter(ui, ''), typing: false, scroll: {}};
    case 'select':
      return {...ui, selected: Math.max(0, event.index)};
    case 'limit':
      return {...ui, limits: {...ui.limits, [event.provider]: event.name}};
    case 'span':
      return {...ui, span: event.span};
    case 'palette-open':
      return {...ui, palette: {text: '', selected: 0}, typing: false, message: null};
    case 'palette-text':
      return {...ui, palette: {text: event.text, selected: 0}};
    case 'palette-select':
      return ui.palette === null ? ui : {...ui, palette: {...ui.palette, selected: Math.max(0, event.index)}};
    case 'palette-close':
      return {...ui, palette: null};
    case 'notify':
      return {...ui, message: {text: event.text, id: (ui.message?.id ?? 0) + 1}};
    case 'clear-message':
      return ui.message?.id === event.id ? {...ui, message: null} : ui;
  }
}

/** A row of its own begins at the top; another provider has other rows. */
function focused(ui: Ui, id: string, row: string | undefined): Ui {
  if (row === undefined) return ui.focus === id ? ui : {...ui, focus: id, row: null};
  return ui.focus === id && ui.row === row ? ui : {...ui, focus: id, row, scroll: {...ui.scroll, [id]: 0}};
}

/** The filter as it is typed. */
export const typedFilter = (ui: Ui): TypedLine => ({text: filterOf(ui), cursor: ui.cursor});

/** True while something stands over the panels. */
export const isCovered = ({mode, palette}: Ui): boolean => mode !== 'panels' || palette !== null;

/** The text of the filter that the current mode types into. */
export const filterOf = (ui: Ui): string => (ui.mode === 'help' ? ui.helpFilter : ui.filter);

const withFilter = (ui: Ui, text: string): Ui =>
  ui.mode === 'help' ? {...ui, helpFilter: text} : {...ui, filter: text};

function enter(ui: Ui, mode: Mode): Ui {
  // The same key closes what it opened.
  if (ui.mode === mode) return back(ui);
  // What was opened from the details goes back to them.
  const from = mode === 'help' || (mode === 'history' && ui.mode === 'detail') ? ui.mode : 'panels';
  return {...ui, mode, from, selected: 0, typing: false, helpFilter: '', scroll: {...ui.scroll, [mode]: 0}};
}

/** One step out: filter, then view. In the panels there is nothing further out: Esc never quits. */
function back(ui: Ui): Ui {
  if (ui.typing || filterOf(ui) !== '') return {...withFilter(ui, ''), typing: false};
  return ui.mode === 'panels' ? ui : {...ui, mode: ui.from, from: 'panels', selected: 0};
}

function scroll(ui: Ui, what: string, by: number, most: number): Ui {
  const before = Math.min(ui.scroll[what] ?? 0, most);
  const after = Math.max(0, Math.min(most, before + by));
  return after === (ui.scroll[what] ?? 0) ? ui : {...ui, scroll: {...ui.scroll, [what]: after}};
}
