import type {MappingTrial, ShapeLine, Trial, UnreadFigure} from '../core/custom/trial.ts';
import type {AccountState, Amount, Window} from '../core/model.ts';
import {cellWidth, padEnd} from '../view/format/cells.ts';
import {iso} from './iso.ts';
import {reportAccount, rounded} from './report.ts';

/** What `provider test` prints. No value of the body is in it but those that the definition reads. */
export const trialText = (trial: Trial): string =>
  [
    requestLines(trial),
    ...(trial.shape.length === 0 ? [] : [['The body:', ...shapeLines(trial.shape)]]),
    ...(trial.mappings.length === 0 ? [] : [['Read from it:', ...trial.mappings.flatMap(mappingLines)]]),
    ['As --json has it:', JSON.stringify(reportAccount(trial.account), null, 2)],
  ]
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');

/** The request, and what came back of it. */
const requestLines = ({request, response}: Trial): string[] => [
  ...(request === null ? [] : [request.line, ...request.values.map(value => `  ${value}`)]),
  ...(response === null ? [] : [responseText(response)]),
];

function responseText({status, type, bytes, ms}: NonNullable<Trial['response']>): string {
  const time = ms === null ? [] : [`${Math.round(ms)} ms`];
  return [
    ...(status === null ? [] : [String(status)]),
    ...(type === null ? [] : [type]),
    `${bytes} bytes`,
    ...time,
  ].join(', ');
}

function shapeLines(shape: readonly ShapeLine[]): string[] {
  const width = Math.min(60, Math.max(...shape.map(({path}) => cellWidth(path))));
  return shape.map(({path, type}) => `  ${padEnd(path, Math.max(width, cellWidth(path)))}  ${type}`);
}

function mappingLines({place, windows, amounts, unread}: MappingTrial): string[] {
  // Why is said below, with what is there instead.
  const isExplained = unread.length > 0;
  const rows = [...windows.map(window => windowText(window, isExplained)), ...amounts.map(amountText)];
  const told = rows.length + unread.length === 0 ? ['nothing: its condition does not hold, or no row is meant'] : rows;
  return [...told.map(row => `  ${place}  ${row}`), ...unread.map(each => `    ${unreadText(each)}`)];
}

function windowText({id, use, unit, resetsAt}: Window, isExplained: boolean): string {
  const reset = resetsAt === null ? '' : `, resets ${iso(resetsAt)}`;
  switch (use.state) {
    case 'known':
      return `${id}  ${rounded(use.usedPercent)}% used${countText(use, unit)}${reset}`;
    case 'unlimited':
      return `${id}  unlimited${reset}`;
    case 'not-started':
      return `${id}  not started${reset}`;
    case 'unknown':
      return `${id}  unknown${isExplained ? '' : ` (${use.why})`}${reset}`;
  }
}

const countText = ({used, limit}: {used?: number; limit?: number}, unit: string): string =>
  used === undefined || limit === undefined ? '' : ` (${rounded(used)} of ${rounded(limit)} ${unit})`;

const amountText = ({id, value, unit}: Amount): string => `${id}  ${rounded(value)} ${unit}`;

/** `windows[1].limit: "data.max" is missing; there are: data.total, data.used` */
function unreadText({place, path, why, there}: UnreadFigure): string {
  const instead = there.length === 0 ? '' : `; there are: ${there.join(', ')}`;
  return `${place}: "${path}" is ${why}${instead}`;
}

/** 0: a reading; 3: nothing was sent, as it is not trusted or has no credential; 1: any other failure. */
export const trialExitCode = ({account}: {account: Pick<AccountState, 'failure'>}): 0 | 1 | 3 =>
  account.failure === null ? 0 : account.failure.code === 'no_credentials' ? 3 : 1;
