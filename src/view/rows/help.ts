import type {ViewContext} from '../context.ts';
import {cellWidth} from '../format/cells.ts';
import {spellKeys} from '../keymap/spell.ts';
import {type ActionName, type Keymap, type Mode, modes} from '../keymap/table.ts';
import {entryLines} from './help-entry.ts';
import {type HelpEntry, markEntries} from './legend.ts';
import {blank, fitLine, type Line, span} from './line.ts';
import type {ListHit, ListView} from './list-view.ts';
import {placeName} from './places.ts';

/** The help: what each key does, in groups; first what is possible here, then what is elsewhere, and what the marks mean. */

type Group = 'move' | 'act' | 'view' | 'program';

export const groupOf: Record<ActionName, Group> = {
  next: 'move',
  previous: 'move',
  up: 'move',
  down: 'move',
  left: 'move',
  right: 'move',
  jump: 'move',
  top: 'move',
  bottom: 'move',
  'page-up': 'move',
  'page-down': 'move',
  'next-limit': 'move',
  'previous-limit': 'move',
  'next-account': 'move',
  'previous-account': 'move',
  refresh: 'act',
  'refresh-all': 'act',
  pause: 'act',
  'toggle-option': 'act',
  slower: 'act',
  faster: 'act',
  copy: 'act',
  'open-page': 'act',
  palette: 'act',
  run: 'act',
  open: 'view',
  back: 'view',
  view: 'view',
  sort: 'view',
  fold: 'view',
  agenda: 'view',
  history: 'view',
  span: 'view',
  plot: 'view',
  'show-left': 'view',
  filter: 'view',
  theme: 'view',
  privacy: 'view',
  credentials: 'view',
  settings: 'view',
  help: 'view',
  notices: 'view',
  change: 'program',
  'move-up': 'program',
  'move-down': 'program',
  add: 'program',
  replace: 'program',
  rename: 'program',
  remove: 'program',
  hide: 'program',
  suspend: 'program',
  redraw: 'program',
  quit: 'program',
};
export const groups: readonly Group[] = ['act', 'view', 'move', 'program'];

type HelpGroup = {title: string; entries: readonly HelpEntry[]};

/** `here`: the view from which the help was opened. */
export type HelpInput = {keymap: Keymap; filter: string; here: Mode; selected: number};

/** Wide enough for two columns in which sentences need no wrapping. */
const leastForTwo = 96;
const between = 3;

/** What is listed, in the order in which the cursor goes through it. */
export const helpEntries = (keymap: Keymap, filter: string, here: Mode, context: ViewContext): HelpEntry[] =>
  helpGroups(keymap, filter, here, context).flatMap(({entries}) => entries);

export function helpView({keymap, filter, here, selected}: HelpInput, width: number, context: ViewContext): ListView {
  const found = helpGroups(keymap, filter, here, context);
  if (found.length === 0) return {lines: [[span(context.strings.help.nothingFound, 'dim')]], selectedRow: 0, hits: []};
  const isWide = width >= leastForTwo;
  const cells = isWide ? Math.floor((width - between) / 2) : width;
  const blocks = blocksOf(found, selected, cells, context);
  const at = isWide ? splitOf(blocks) : blocks.length;
  const columns = [blocks.slice(0, at), blocks.slice(at)].map(each => each.flat());
  return viewOf(columns, cells, selected);
}

/** A line of a column, and the entry that it belongs to. */
type Row = {line: Line; index: number | null};

function blocksOf(found: readonly HelpGroup[], selected: number, width: number, context: ViewContext): Row[][] {
  const signs = found.flatMap(({entries}) => entries.map(({sign}) => cellWidth(sign)));
  const column = Math.min(Math.max(...signs), widestSign);
  let index = -1;
  return found.map(({title, entries}, group) => [
    {line: [{text: title, tone: 'title', bold: true}], index: null},
    ...entries.flatMap(entry => {
      index += 1;
      const at = index;
      return entryLines(entry, column, width, at === selected, context).map(line => ({line, index: at}));
    }),
    ...(group < found.length - 1 ? [{line: blank, index: null}] : []),
  ]);
}
/** What is longer has its sentence below it. */
const widestSign = 11;

/** How many groups stand in the left column, so that the longer one is as short as it can be. */
function splitOf(blocks: readonly Row[][]): number {
  const heightOf = (some: readonly Row[][]): number => some.reduce((sum, rows) => sum + rows.length, 0);
  const heights = blocks.map((_, at) => Math.max(heightOf(blocks.slice(0, at + 1)), heightOf(blocks.slice(at + 1))));
  return heights.indexOf(Math.min(...heights)) + 1;
}

function viewOf(columns: readonly Row[][], cells: number, selected: number): ListView {
  const [left = [], right = []] = columns;
  const height = Math.max(left.length, right.length);
  const lines = Array.from({length: height}, (_, row): Line => {
    const beside = right[row];
    const line = left[row]?.line ?? blank;
    return beside === undefined ? line : [...fitLine(line, cells), span(' '.repeat(between)), ...beside.line];
  });
  const hits = columns.flatMap((rows, column) => hitsOf(rows, column * (cells + between), cells));
  const own = hits.filter(({index}) => index === selected);
  return {lines, hits, selectedRow: own[0]?.row ?? 0, selectedRows: own.length, lead: selected === 0 ? 1 : 0};
}

const hitsOf = (rows: readonly Row[], from: number, cells: number): ListHit[] =>
  rows.flatMap(({index}, row) => (index === null ? [] : [{row, index, from, to: from + cells}]));

/** Those of the groups in which something matches the search. */
const helpGroups = (keymap: Keymap, filter: string, here: Mode, context: ViewContext): HelpGroup[] =>
  allGroups(keymap, here, context)
    .map(group => ({...group, entries: group.entries.filter(each => matches(each, filter.toLowerCase()))}))
    .filter(({entries}) => entries.length > 0);

const matches = ({sign, text, also = ''}: HelpEntry, wanted: string): boolean =>
  [sign, text, also].some(each => each.toLowerCase().includes(wanted));

function allGroups(keymap: Keymap, here: Mode, context: ViewContext): HelpGroup[] {
  const {help} = context.strings;
  // What is possible in the help itself is seen at its foot.
  const bound = keymap.filter(({keys, name}) => keys.length > 0 && name !== 'run');
  const place = (mode: Mode): string => placeName(mode, context.strings);
  const possible = bound.filter(({modes: own}) => own.includes(here));
  const others = bound.filter(({modes: own}) => !own.includes(here));
  // A view over the panels has keys of its own: those are what somebody looks for there.
  const own = here === 'panels' ? [] : possible.filter(({modes: those}) => those.length === 1);
  return [
    {title: place(here), entries: entriesOf(own, context)},
    ...groups.map(group => ({
      title: help[group],
      entries: entriesOf(
        possible.filter(each => groupOf[each.name] === group && !own.includes(each)),
        context,
      ),
    })),
    // A key may mean something else elsewhere: each stands under the first view in which it holds.
    ...modes.map(mode => ({
      title: help.elsewhere(place(mode)),
      entries: entriesOf(
        others.filter(binding => binding.modes[0] === mode),
        context,
      ),
    })),
    {title: help.marksTitle, entries: markEntries(context)},
  ];
}

const entriesOf = (bound: Keymap, context: ViewContext): HelpEntry[] =>
  bound.map(({name, keys}) => ({
    sign: spellKeys(keys, context.ascii),
    text: context.strings.keys[name].help,
    also: `${name} ${spellKeys(keys)}`,
    action: name,
  }));
