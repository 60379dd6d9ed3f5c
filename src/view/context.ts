import type {GivenAlert} from '../core/alerts/event.ts';
import type {FanPoint} from '../core/foresight/fan.ts';
import type {HistoryOf} from '../core/foresight/history-log.ts';
import type {Severity} from '../core/health.ts';
import type {Settings} from '../core/settings.ts';
import type {ClockStyle} from './format/time.ts';
import type {BarStyle} from './rows/bar.ts';
import type {Strings} from './strings/index.ts';
import type {Theme, Tone} from './theme/theme.ts';

/** How things are shown now: what every drawing function needs to know beside its subject. */
export type ViewContext = {
  /** Epoch ms, as fine as what is shown needs it. */
  now: number;
  strings: Strings;
  clock: ClockStyle;
  show: 'used' | 'left';
  thresholds: Settings['thresholds'];
  ascii: boolean;
  glyphs: BarStyle['glyphs'];
  theme: Theme;
  /** Milliseconds between two polls of a provider, to tell late readings. */
  intervalOf(provider: string): number;
  /** The last alerts of all accounts; absent where none are shown. */
  alerts?: readonly GivenAlert[];
  /** How a window of an account was used; absent where nobody watches for long. */
  historyOf?: HistoryOf | undefined;
  /** What is forecast of it by time; empty where nothing is. */
  fanOf?: ((account: string, window: string) => readonly FanPoint[]) | undefined;
  /** The keys that choose another limit and another time for the history, as they are written. */
  historyKeys?: {limit: string; span: string} | undefined;
  /** The key that opens the details, as it is written; absent where there are no keys. */
  openKey?: string | undefined;
  /** The key that turns on what a provider offers. */
  optionKey?: string | undefined;
};

/** Characters that have an ASCII form of their own. */
export type Marks = Record<
  'failed' | 'asking' | 'focus' | 'up' | 'down' | 'rule' | 'cursor' | 'bullet' | 'on' | 'off',
  string
>;
const unicode: Marks = {
  failed: '✗',
  asking: '↻',
  focus: '▸',
  up: '▲',
  down: '▼',
  rule: '─',
  cursor: '▏',
  bullet: '•',
  on: '●',
  off: '○',
};
const ascii: Marks = {
  failed: 'x',
  asking: '*',
  focus: '>',
  up: '^',
  down: 'v',
  rule: '-',
  cursor: '_',
  bullet: '*',
  on: '*',
  off: 'o',
};
export const marksOf = (context: Pick<ViewContext, 'ascii'>): Marks => (context.ascii ? ascii : unicode);

// One cell for one cell, so that nothing moves.
const plainer: Readonly<Record<string, string>> = {
  '·': '-',
  '…': '~',
  '–': '-',
  '—': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '×': 'x',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '≤': '<',
  '≥': '>',
  // As Intl spells money; 'CN¥' becomes 'CNY'.
  '¥': 'Y',
  '€': 'E',
  '£': 'L',
  '₩': 'W',
  '₹': 'R',
  '₫': 'd',
  '₪': 'S',
  '₱': 'P',
  '\u00a0': ' ',
};
const ours = new RegExp(`[${Object.keys(plainer).join('')}]`, 'g');

/** Words and separators with the ASCII form of what we put into them ourselves. Names and languages stay what they are. */
export const toAscii = (text: string): string => text.replace(ours, mark => plainer[mark] ?? mark);

/** Severity is never said by colour alone. */
export function severityMark(severity: Severity, isAscii: boolean): string {
  switch (severity) {
    case 'warn':
      return '!';
    case 'critical':
    case 'over':
      return isAscii ? '!!' : '‼';
    case 'ok':
    case 'none':
      return '';
  }
}

export function severityTone(severity: Severity): Tone {
  switch (severity) {
    case 'warn':
      return 'warn';
    case 'critical':
    case 'over':
      return 'critical';
    case 'ok':
      return 'ok';
    case 'none':
      return 'dim';
  }
}
