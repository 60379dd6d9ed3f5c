import type {ViewContext} from '../context.ts';
import {cellWidth, padEnd} from '../format/cells.ts';
import {spellKeys} from '../keymap/spell.ts';
import type {ActionName, Keymap} from '../keymap/table.ts';
import {type HelpEntry, markEntries} from './legend.ts';
import {blank, type Line, span, wrapped} from './line.ts';

/** The help: every binding with what it does, in groups; only those that match while it is searched. */

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
  refresh: 'act',
  'refresh-all': 'act',
  pause: 'act',
  'toggle-option': 'act',
  slower: 'act',
  faster: 'act',
  copy: 'act',
  'open-page': 'act',
  open: 'view',
  back: 'view',
  view: 'view',
  sort: 'view',
  fold: 'view',
  'show-left': 'view',
  filter: 'view',
  theme: 'view',
  privacy: 'view',
  credentials: 'view',
  settings: 'view',
  help: 'view',
  notices: 'view',
  agenda: 'view',
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
export const groups: readonly Group[] = ['move', 'act', 'view', 'program'];

type HelpGroup = {title: string; entries: readonly HelpEntry[]};

export function helpLines(keymap: Keymap, filter: string, width: number, context: ViewContext): Line[] {
  const {help} = context.strings;
  const found = helpGroups(keymap, context)
    .map(group => ({...group, entries: group.entries.filter(each => matches(each, filter.toLowerCase()))}))
    .filter(group => group.entries.length > 0);
  if (found.length === 0) return [[span(help.nothingFound, 'dim')]];
  const column = Math.max(...found.flatMap(group => group.entries.map(({sign}) => cellWidth(sign))));
  const lines = found.flatMap(({title, entries}) => [
    [{text: title, tone: 'title' as const, bold: true as const}],
    ...entries.flatMap(({sign, text}) => entry(sign, text, column, width)),
    blank,
  ]);
  return filter === '' ? [...lines, ...wrapped(help.legend[context.show], width, 'dim')] : lines;
}

const matches = ({sign, text, also = ''}: HelpEntry, wanted: string): boolean =>
  [sign, text, also].some(each => each.toLowerCase().includes(wanted));

function helpGroups(keymap: Keymap, context: ViewContext): HelpGroup[] {
  const {help, keys} = context.strings;
  const bound = keymap.filter(binding => binding.keys.length > 0);
  const ofKeys = groups.map(group => ({
    title: help[group],
    entries: bound
      .filter(binding => groupOf[binding.name] === group)
      .map(({name, keys: pressed}) => ({
        sign: spellKeys(pressed, context.ascii),
        text: keys[name].help,
        also: `${name} ${spellKeys(pressed)}`,
      })),
  }));
  return [...ofKeys, {title: help.marksTitle, entries: markEntries(context)}];
}

/** Narrower than this beside its keys, a sentence is better read under them. */
const leastBeside = 16;

/** Keys and what they do: beside each other, or under each other where there is little room. Nothing is cut. */
function entry(keys: string, help: string, column: number, width: number): Line[] {
  const room = width - column - 2;
  if (room < leastBeside) {
    const under = wrapped(help, width - 2).map((row): Line => [span('  '), ...row]);
    return [[{text: keys, tone: 'accent'}], ...under];
  }
  return wrapped(help, room).map(
    (row, index): Line => [{text: padEnd(index === 0 ? keys : '', column), tone: 'accent'}, span('  '), ...row],
  );
}
