import type {ColorMarkup, Escape} from './markup.ts';

/** Status lines by name. A preset is what its flags would be; flags that are given as well stand over it. */
export type StatuslinePreset = {
  format: string;
  color?: ColorMarkup;
  escape: Escape;
  /** Whose figures stand on standard input. */
  stdin?: string;
  /** What it is for, in docs/statusline.md. */
  about: string;
};

const waybarFields = {
  text: '{tightest}',
  alt: '{if stale}stale{else}{severity|none}{end}',
  tooltip: '{all}{if account} · {account}{end}{if plan} ({plan}){end}',
  class: '{severity|none}',
};
/** An object of JSON whose texts are fields; a number needs no quotation marks. */
const waybar = `{{${Object.entries(waybarFields)
  .map(([name, field]) => `"${name}": "${field}"`)
  .join(', ')}, "percentage": {number|0}}}`;

export const statuslinePresets: Readonly<Record<string, StatuslinePreset>> = {
  plain: {format: '{tightest}', escape: 'all', about: 'the tightest limit, for anything'},
  all: {format: '{all}', escape: 'all', about: 'the tightest limit of every provider'},
  number: {format: '{number}', escape: 'all', about: 'a whole number of percent'},
  bar: {format: '{bar} {used}', escape: 'all', about: 'a bar of ten cells'},
  short: {format: '{id} {limit} {used}', escape: 'all', about: 'ids, which are short'},
  alarm: {
    format: ['warn', 'critical', 'over'].map(word => `{if severity = ${word}}{tightest}{end}`).join(''),
    escape: 'all',
    about: 'nothing until a limit is nearly used up',
  },
  tmux: {format: '{tightest}', color: 'tmux', escape: 'tmux', about: 'tmux'},
  waybar: {format: waybar, escape: 'waybar', about: 'waybar, with `return-type` `json`'},
  polybar: {format: '{tightest}', color: 'polybar', escape: 'polybar', about: 'polybar'},
  i3blocks: {format: '{tightest}', color: 'pango', escape: 'pango', about: 'i3blocks, with `markup=pango`'},
  xbar: {format: '{tightest}', escape: 'xbar', about: 'xbar and SwiftBar'},
  starship: {format: '{tightest}', escape: 'all', about: 'starship'},
  zsh: {format: '{tightest}', color: 'zsh', escape: 'zsh', about: 'a prompt of zsh'},
  bash: {format: '{tightest}', escape: 'bash', about: 'a prompt of bash'},
  fish: {format: '{tightest}', color: 'ansi', escape: 'fish', about: 'a prompt of fish'},
};
