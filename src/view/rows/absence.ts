import type {MonitorState} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {keyOf} from '../keymap/spell.ts';
import type {Keymap} from '../keymap/table.ts';
import type {Strings} from '../strings/index.ts';

/** What is there and not shown: names of providers that are switched off, and how many logins are hidden. */
export type Absence = {off: readonly string[]; hidden: number};

type Shown = Pick<MonitorState, 'disabled'> & {
  providers: readonly {id: string; accounts: readonly unknown[]; hidden: number}[];
};
type Named = {id: string; name: string};

/**
 * What should be said of it: everything where nothing is shown at all, else what concerns the providers that the command
 * line names. To somebody who switched a provider off or hid a login it is no news otherwise.
 */
export function absenceIn(state: Shown, catalogue: readonly Named[], named: readonly string[] = []): Absence {
  const isEmpty = state.providers.every(({accounts}) => accounts.length === 0);
  const isMeant = (id: string): boolean => isEmpty || named.includes(id);
  return {
    off: namesOf(state.disabled.filter(isMeant), catalogue),
    hidden: allHidden(state)
      .filter(({id}) => isMeant(id))
      .reduce((sum, {hidden}) => sum + hidden, 0),
  };
}

/** Names of the providers whose logins are all hidden. */
export const hiddenNames = (state: Shown, catalogue: readonly Named[]): string[] =>
  namesOf(
    allHidden(state).map(({id}) => id),
    catalogue,
  );

const allHidden = ({providers}: Shown) => providers.filter(({accounts, hidden}) => accounts.length === 0 && hidden > 0);

const namesOf = (ids: readonly string[], catalogue: readonly Named[]): string[] =>
  ids.map(id => catalogue.find(info => info.id === id)?.name ?? id);

/** The keys of the monitor that bring it back. */
export type AbsenceKeys = {settings: string; credentials: string};
export const absenceKeysOf = (keymap: Keymap, context: ViewContext): AbsenceKeys => ({
  settings: keyOf(keymap, 'settings', context.ascii),
  credentials: keyOf(keymap, 'credentials', context.ascii),
});
export const usualKeys: AbsenceKeys = {settings: ',', credentials: 'c'};

/** A line for each reason, with what to do about it; none when there is nothing to say. `brief` counts instead of naming. */
export function absenceLines({off, hidden}: Absence, keys: AbsenceKeys, {start}: Strings, brief = false): string[] {
  const names = brief && off.length > 1 ? start.providers(off.length) : off.join(', ');
  return [
    ...(off.length > 0 ? [start.off(names, off.length, keys.settings)] : []),
    ...(hidden > 0 ? [start.hidden(hidden, keys.credentials)] : []),
  ];
}
