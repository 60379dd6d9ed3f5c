import {commands, flagIn} from '../src/commands/args/description.ts';
import {type Flag, flagOf} from '../src/commands/args/flags.ts';
import {usageOf, words} from '../src/commands/args/help.ts';
import {catalogue} from '../src/providers/index.ts';

const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');

function flagText(flag: Flag): string {
  const {name, kind, value, values} = flag;
  const word =
    kind === 'extent'
      ? ` [\\fI${values?.join('|') ?? value}\\fR]`
      : value === undefined
        ? ''
        : ` \\fI${roff(value)}\\fR`;
  return `.TP\n\\fB${roff(`--${name}`)}\\fR${word}\n${roff(words(flag))}`;
}

export const exitCodes: readonly (readonly [string, string])[] = [
  ['0', 'every account was read; guard: enough is left; wait: it holds; doctor: all checks passed'],
  [
    '1',
    'an account or a tested provider failed; guard: below the threshold; wait: the timeout ran out; doctor: something needs attention',
  ],
  ['2', 'usage error; provider: the definition is wrong'],
  [
    '3',
    'no credential was found; provider test: not trusted, or no credential; guard: cannot tell; best: nothing to rank; wait: cannot tell',
  ],
  ['130', 'login, wait, provider: interrupted with Ctrl+C'],
];

const files: readonly (readonly [string, string])[] = [
  ['$XDG_CONFIG_HOME/mystatus-tui/config.json', 'the settings (MYSTATUS_CONFIG_DIR)'],
  ['$XDG_CONFIG_HOME/mystatus-tui/themes/name.json', 'colour themes of your own'],
  ['$XDG_CONFIG_HOME/mystatus-tui/credentials.json', 'credentials stored by login, readable only by you'],
  ['$XDG_CONFIG_HOME/mystatus-tui/trust.json', 'what was trusted of providers of your own'],
  ['$XDG_STATE_HOME/mystatus-tui/state.db', 'the ledger that all running copies share (MYSTATUS_STATE_DIR); no tokens'],
];

/** The manual page, made from the description of the command line. */
export function manPage(version: string): string {
  const [monitor] = commands;
  const pairs = (rows: readonly (readonly [string, string])[]): string =>
    rows.map(([name, text]) => `.TP\n\\fB${roff(name)}\\fR\n${roff(text)}`).join('\n');
  const sections = commands
    .filter(({name}) => name !== '')
    .map(command => {
      const flags = command.flags.filter(name => name !== 'help').map(name => flagText(flagIn(command, name)));
      return `.SS ${roff(usageOf(command))}\n${roff(command.help)}\n${flags.join('\n')}`;
    });
  return `.TH MYSTATUS\\-TUI 1 "" "mystatus\\-tui ${roff(version)}" "User Commands"
.SH NAME
mystatus\\-tui \\- a live terminal monitor for the quotas of AI coding subscriptions
.SH SYNOPSIS
.B mystatus\\-tui
[\\fIcommand\\fR] [\\fIoptions\\fR]
.SH DESCRIPTION
Shows how much of each subscription is used and when it resets: ${catalogue.map(({name}) => name).join(', ')}.
Logins are found where other tools keep them and are never changed. In the monitor, ? shows the keys and q quits.
.SH OPTIONS
${(monitor?.flags ?? []).map(name => flagText(flagOf(name))).join('\n')}
.SH COMMANDS
${sections.join('\n')}
.SH EXIT STATUS
${pairs(exitCodes)}
.SH FILES
${pairs(files)}
`;
}
