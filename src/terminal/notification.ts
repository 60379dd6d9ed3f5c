import {cleaned, type Message} from '../core/alerts/message.ts';

/** What a terminal makes a notification of, and how it is brought there. docs/alerts.md has the table. */

type Environment = Readonly<Record<string, string | undefined>>;
type Kind = 'osc99' | 'osc9' | 'osc777' | 'bell';
type Terminal = {name: string; kind: Kind; variables: Readonly<Record<string, RegExp>>};

/** By the first variable that fits. What has only a bell stands first: variables of the terminal around it are inherited. */
const terminals: readonly Terminal[] = [
  {name: 'Windows Terminal', kind: 'bell', variables: {WT_SESSION: /./}},
  {name: 'VS Code', kind: 'bell', variables: {TERM_PROGRAM: /^vscode$/}},
  {name: 'Terminal.app', kind: 'bell', variables: {TERM_PROGRAM: /^Apple_Terminal$/}},
  {name: 'iTerm2', kind: 'osc9', variables: {TERM_PROGRAM: /^iTerm\.app$/}},
  {name: 'Warp', kind: 'osc9', variables: {TERM_PROGRAM: /^WarpTerminal$/}},
  {name: 'Zed', kind: 'osc9', variables: {TERM_PROGRAM: /^zed$/i, ZED_TERM: /./}},
  {name: 'Ghostty', kind: 'osc777', variables: {TERM_PROGRAM: /^ghostty$/i, TERM: /^(xterm-)?ghostty/}},
  {name: 'WezTerm', kind: 'osc777', variables: {TERM_PROGRAM: /^WezTerm$/, TERM: /^wezterm/}},
  {name: 'foot', kind: 'osc777', variables: {TERM: /^foot/}},
  {name: 'rxvt-unicode', kind: 'osc777', variables: {TERM: /^rxvt-unicode/}},
  {name: 'kitty', kind: 'osc99', variables: {TERM: /^xterm-kitty/, KITTY_WINDOW_ID: /./}},
];
const unknown: Terminal = {name: 'this terminal', kind: 'bell', variables: {}};

/** Where a notification is written: the sequence, and whether tmux has to pass it on. `how` says it in English. */
export type Place = {kind: Kind; inTmux: boolean; how: string};

/** Answers of `tmux`; null where it gives none. */
export type AskTmux = (args: readonly string[]) => Promise<string | null>;

export async function placeOf(env: Environment, askTmux: AskTmux): Promise<Place> {
  if (env.TMUX) return placeInTmux(askTmux);
  const between = env.STY ? 'screen' : env.ZELLIJ ? 'zellij' : null;
  if (between !== null) return {kind: 'bell', inTmux: false, how: `a bell: ${between} passes nothing else on`};
  const {kind, name} = terminalIn(env);
  return {kind, inTmux: false, how: howOf(kind, name)};
}

async function placeInTmux(askTmux: AskTmux): Promise<Place> {
  const allowed = (await askTmux(['show', '-gv', 'allow-passthrough']))?.trim();
  if (allowed !== 'on' && allowed !== 'all')
    return {kind: 'bell', inTmux: false, how: 'a bell: tmux passes on more only with `set -g allow-passthrough on`'};
  const outer = (await askTmux(['display', '-p', '#{client_termname}']))?.trim() ?? '';
  const {kind, name} = terminalIn({TERM: outer});
  return {kind, inTmux: kind !== 'bell', how: `${howOf(kind, name)} around tmux`};
}

const howOf = (kind: Kind, name: string): string =>
  kind === 'bell'
    ? `a bell: nothing more is known of ${name}; the channel desktop may show more`
    : `a notification of ${name} (${spelled[kind]})`;
const spelled = {osc99: 'OSC 99', osc9: 'OSC 9', osc777: 'OSC 777'} as const;

const terminalIn = (env: Environment): Terminal =>
  terminals.find(({variables}) => Object.entries(variables).some(([name, value]) => value.test(env[name] ?? ''))) ??
  unknown;

export const bell = '\u0007';
const esc = '\u001b';
const end = `${esc}\\`;

export function notificationAt({kind, inTmux}: Place, message: Message): string {
  const sequence = sequenceOf(kind, cleaned(message.title, 80), cleaned(message.body));
  return inTmux ? `${esc}Ptmux;${sequence.replaceAll(esc, esc + esc)}${end}` : sequence;
}

function sequenceOf(kind: Kind, title: string, body: string): string {
  switch (kind) {
    case 'osc99':
      return `${esc}]99;i=mystatus:d=0:o=unfocused;${title}${end}${esc}]99;i=mystatus:d=1:p=body;${body}${end}`;
    case 'osc9':
      return `${esc}]9;${notADigit(cleaned(`${title}: ${body}`))}${bell}`;
    case 'osc777':
      return `${esc}]777;notify;${title};${body}${bell}`;
    case 'bell':
      return bell;
  }
}

/** A number would be another command: 9;4 is a progress bar. */
const notADigit = (text: string): string => (/^\d/.test(text) ? `mystatus-tui: ${text}` : text);
