import {cellWidth, padEnd} from './cells.ts';
import {type ActionName, type Keymap, spellKeys} from './keymap.ts';
import {blank, type Line, span, wrapped} from './line.ts';
import type {Look} from './look.ts';

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
  slower: 'act',
  faster: 'act',
  copy: 'act',
  'open-page': 'act',
  open: 'view',
  back: 'view',
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
export const groups: readonly Group[] = ['move', 'act', 'view', 'program'];

export function helpLines(keymap: Keymap, filter: string, width: number, look: Look): Line[] {
  const {strings} = look;
  const wanted = filter.toLowerCase();
  const found = keymap.filter(
    binding =>
      binding.keys.length > 0 &&
      [strings.keys[binding.name].help, binding.name, spellKeys(binding.keys)].some(text =>
        text.toLowerCase().includes(wanted),
      ),
  );
  if (found.length === 0) return [[span(strings.help.nothingFound, 'dim')]];
  const keys = Math.max(...found.map(binding => cellWidth(spellKeys(binding.keys, look.ascii))));
  const lines = groups.flatMap(group => {
    const own = found.filter(binding => groupOf[binding.name] === group);
    return own.length === 0
      ? []
      : [
          [{text: strings.help[group], tone: 'title' as const, bold: true as const}],
          ...own.flatMap(binding =>
            entry(spellKeys(binding.keys, look.ascii), strings.keys[binding.name].help, keys, width),
          ),
          blank,
        ];
  });
  return wanted === '' ? [...lines, ...wrapped(strings.help.legend, width, 'dim')] : lines;
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
