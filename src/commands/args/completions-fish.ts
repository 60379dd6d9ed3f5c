import {type Command, commands, flagIn} from './description.ts';
import {type Flag, fixedIn, type Known} from './flags.ts';

const named = (): Command[] => commands.filter(({name}) => name !== '');
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const fromProgram = (kind: Known): string => `(mystatus-tui completions ${kind} 2>/dev/null)`;

/** What is offered as a value; empty where the values are the user's own. */
function offered({kind, ...words}: Pick<Flag, 'values' | 'known'> & {kind?: Flag['kind']}): string {
  const fixed = fixedIn(words);
  const told = words.known === undefined ? [] : [fromProgram(words.known)];
  return kind === 'providers'
    ? `(__fish_complete_list , 'string split , ${fixed.join(',')}; mystatus-tui completions providers 2>/dev/null')`
    : [...fixed, ...told].join(' ');
}

const when = ({name}: Command): string =>
  name === ''
    ? `not __fish_seen_subcommand_from ${named()
        .map(each => each.name)
        .join(' ')}`
    : `__fish_seen_subcommand_from ${name}`;

const line = (condition: string, rest: string): string => `complete -c mystatus-tui -n '${condition}' ${rest}`;

function flagLine(command: Command, flag: Flag): string {
  const words = offered(flag);
  const takes = flag.value === undefined ? '' : flag.kind === 'extent' ? ' -F' : ' -x';
  const value = takes + (words === '' ? '' : ` -a ${quoted(words)}`);
  return line(when(command), `-l ${flag.name}${value} -d ${quoted(flag.help)}`);
}

function linesOf(command: Command): string[] {
  const words = [command.argument, command.target].flatMap(place => (place && offered(place)) || []).join(' ');
  return [
    ...(command.name === '' ? [] : [line('__fish_use_subcommand', `-a ${command.name} -d ${quoted(command.help)}`)]),
    ...(words === '' ? [] : [line(when(command), `-a ${quoted(words)}`)]),
    ...command.flags.map(name => flagLine(command, flagIn(command, name))),
  ];
}

export const fishCompletions = (): string =>
  `# fish completion of mystatus-tui\ncomplete -c mystatus-tui -f\n${commands.flatMap(linesOf).join('\n')}\n`;
