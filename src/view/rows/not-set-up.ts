import type {MonitorState} from '../../core/model.ts';
import type {ProviderInfo} from '../../core/services.ts';
import type {ViewContext} from '../context.ts';
import {cellWidth} from '../format/cells.ts';
import type {Keymap} from '../keymap/table.ts';
import type {Strings} from '../strings/index.ts';
import {type Absence, type AbsenceKeys, absenceKeysOf} from './absence.ts';
import {fitLine, type Line, span} from './line.ts';

/** What is to be said of providers without a panel: by name those without a login, those that are hidden or switched off. */
export type WithoutPanel = {notSetUp: readonly string[]; hidden: readonly string[]; absence: Pick<Absence, 'off'>};

export const hasNotSetUp = ({notSetUp, hidden, absence}: WithoutPanel): boolean =>
  notSetUp.length + hidden.length + absence.off.length > 0;

/** The line as it stands on a screen. */
export const notSetUpIn = (model: WithoutPanel & {columns: number}, keymap: Keymap, context: ViewContext): Line =>
  notSetUpLine(model, absenceKeysOf(keymap, context), model.columns, context);

type Group = {names: readonly string[]; say: (names: string) => string};

/** One dim line. Names go where there is no room for all of them; what to press does not. */
export function notSetUpLine(
  {notSetUp, hidden, absence}: WithoutPanel,
  keys: AbsenceKeys,
  width: number,
  context: ViewContext,
): Line {
  const {header} = context.strings;
  const groups: Group[] = [
    {names: notSetUp, say: (names: string) => header.notSetUp(names, keys.credentials)},
    {names: hidden, say: (names: string) => header.hidden(names, keys.credentials)},
    {names: absence.off, say: (names: string) => header.off(names, keys.settings)},
  ].filter(({names}) => names.length > 0);
  if (groups.length === 0) return [];
  const text = within(groups, width - 2, context.strings);
  return fitLine([span(' '), span(text, 'dim')], width);
}

/** Shortened name by name, the longest list first; then whole groups, the last one first. */
function within(groups: readonly Group[], cells: number, strings: Strings): string {
  const kept = groups.map(({names}) => names.length);
  const said = (): string[] => groups.map(({names, say}, index) => say(listed(names, kept[index] ?? 0, strings)));
  while (cellWidth(said().join(' · ')) > cells && kept.some(count => count > 0)) {
    const most = kept.indexOf(Math.max(...kept));
    kept[most] = (kept[most] ?? 0) - 1;
  }
  const pieces = said();
  while (pieces.length > 1 && cellWidth(pieces.join(' · ')) > cells) pieces.pop();
  return pieces.join(' · ');
}

/** 'OpenAI, Z.ai, 3 more'. */
function listed(names: readonly string[], kept: number, {header, start}: Strings): string {
  if (kept === 0) return start.providers(names.length);
  const more = names.length - kept;
  return [...names.slice(0, kept), ...(more > 0 ? [header.more(more)] : [])].join(', ');
}

/** Names of the providers for which no login was found. */
export const notSetUp = (state: MonitorState, catalogue: readonly ProviderInfo[]): string[] =>
  state.providers
    .filter(provider => provider.discovered && provider.accounts.length === 0 && provider.hidden === 0)
    .flatMap(provider => catalogue.find(info => info.id === provider.id)?.name ?? []);
