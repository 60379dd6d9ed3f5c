import type {AccountState} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import type {BesideBorder} from './account.ts';
import {amountLine, windowsOf} from './account-parts.ts';
import {joined, type Line, lineWidth, span, wrapped} from './line.ts';
import {statusCells} from './status.ts';

/** What stands at the left in the lower border of a panel: amounts, and a host that stands in for the real one. */

/** Ends, free cells and a rule between left and right, as far as they are not those of the rows. */
const ends = 5;

/** What the border of a panel says, and what it has no room for. Only widths decide, so that no height follows a clock. */
export function lowerBorder(
  {accounts, endpoint}: {accounts: readonly AccountState[]; endpoint?: string},
  width: number,
  context: ViewContext,
): {foot: Line; beside: BesideBorder} {
  const room = width - ends - statusCells(context);
  const [only] = accounts.length === 1 ? accounts : [];
  // Where there is no limit the amounts are what the panel has to say.
  const amounts = only && windowsOf(only).length > 0 ? amountLine(only, context) : [];
  const host: Line = endpoint === undefined ? [] : [span(endpointText(endpoint, context), 'warn')];
  // A host that stands in for the real one sees the token: its name comes before all else.
  const ways = [joined([host, amounts]), host, amounts];
  const foot = ways.find(line => lineWidth(line) <= room) ?? [];
  const isIn = (line: Line): boolean => line.every(each => foot.includes(each));
  return {
    foot,
    beside: {
      amounts: amounts.length === 0 || !isIn(amounts),
      endpoint: isIn(host) ? [] : wrapped(host.map(({text}) => text).join(''), width, 'warn'),
    },
  };
}

const endpointText = (endpoint: string, {strings}: ViewContext): string =>
  strings.panel.endpoint(endpoint.replace(/^https?:\/\//, ''));
