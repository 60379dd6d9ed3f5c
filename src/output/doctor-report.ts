import type {Finding, SearchedItem} from '../core/login-search/search.ts';
import {cellWidth, padEnd, wrap} from '../view/format/cells.ts';
import {en, type Strings} from '../view/strings/en.ts';

/** What `doctor` found out about one thing. `detail` and `hint` are redacted already. */
export type Check = {
  id: string;
  title: string;
  status: 'ok' | 'warn' | 'fail' | 'info';
  detail: string;
  /** What to do about it. */
  hint?: string;
  /** Of a place for logins: what was found in it, and in each thing that was looked at. */
  found?: Finding;
  looked?: readonly SearchedItem[];
};

export type DoctorOptions = {width: number; color: boolean; strings?: Strings};

/** 0: all well; 1: something needs attention. */
export const doctorExitCode = (checks: readonly Check[]): 0 | 1 => (checks.some(needsAttention) ? 1 : 0);

const needsAttention = ({status}: Check): boolean => status === 'warn' || status === 'fail';

export const doctorJson = (checks: readonly Check[]): string =>
  `${JSON.stringify({schema: 'mystatus/v1', ok: doctorExitCode(checks) === 0, checks}, null, 2)}\n`;

const colors: Record<Check['status'], string> = {ok: '32', warn: '33', fail: '1;31', info: '2'};

/** A line per check: status, title, detail; what to do below it. Ends with what it comes to. */
export function doctorText(checks: readonly Check[], options: DoctorOptions): string {
  const words = (options.strings ?? en).doctor;
  const statusCells = Math.max(...(['ok', 'warn', 'fail', 'info'] as const).map(status => cellWidth(words[status])));
  const titleCells = Math.min(24, Math.max(0, ...checks.map(({title}) => cellWidth(title))));
  const lines = checks.flatMap(check => checkLines(check, statusCells, titleCells, options));
  const attention = checks.filter(needsAttention).length;
  return `${[...lines, '', attention === 0 ? words.allWell : words.attention(attention)].join('\n')}\n`;
}

function checkLines(check: Check, statusCells: number, titleCells: number, options: DoctorOptions): string[] {
  const word = padEnd((options.strings ?? en).doctor[check.status], statusCells);
  const status = options.color ? `\u001b[${colors[check.status]}m${word}\u001b[0m` : word;
  // Too narrow for columns: the detail goes below its title.
  const isNarrow = options.width < statusCells + titleCells + 24;
  const indent = isNarrow ? statusCells + 1 : statusCells + titleCells + 3;
  const text = [...wrap(check.detail, options.width - indent), ...hintLines(check, options.width - indent)];
  const below = text.map(line => `${' '.repeat(indent)}${line}`);
  if (isNarrow) return [`${status} ${wrap(check.title, options.width - indent)[0] ?? ''}`, ...below];
  const [first = ''] = text;
  return [`${status} ${padEnd(check.title, titleCells)}  ${first}`.trimEnd(), ...below.slice(1)];
}

const hintLines = ({hint}: Check, width: number): string[] => (hint === undefined ? [] : wrap(`→ ${hint}`, width));
