import {type Command, commands, flagIn} from './description.ts';
import {type Flag, fixedIn, type Known} from './flags.ts';

const named = (): Command[] => commands.filter(({name}) => name !== '');
const flagsOf = (command: Command): Flag[] => command.flags.map(name => flagIn(command, name));
const quoted = (text: string): string => text.replaceAll("'", "'\\''");

const fromProgram = (kind: Known): string => `\${(f)"$(mystatus-tui completions ${kind} 2>/dev/null)"}`;

function actionOf({kind, values, known}: Pick<Flag, 'values' | 'known'> & {kind?: Flag['kind']}): string {
  const fixed = fixedIn({values, known}).join(' ');
  if (kind === 'providers') return `_values -s , provider ${fixed} ${fromProgram('providers')}`;
  if (known !== undefined) return `{compadd -- ${fixed && `${fixed} `}${fromProgram(known)}}`;
  if (kind === 'extent' && values === undefined) return '_files';
  return values === undefined ? '' : `(${fixed})`;
}

function flagSpec(flag: Flag): string {
  const name = flag.kind === 'extent' ? ':extent' : flag.value?.replaceAll(':', '\\:');
  const value = name === undefined ? '' : `:${name}:${actionOf(flag)}`;
  const help = quoted(flag.help).replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', '\\:');
  return `'--${flag.name}[${help}]${quoted(value)}'`;
}

function commandCase(command: Command): string {
  const places = [command.argument, command.target].filter(place => place !== undefined);
  const own = places.map((place, at) => `'${at + 1}:${place.name}:${quoted(actionOf(place))}'`);
  const specs = [...flagsOf(command).map(flagSpec), ...own];
  return `        ${command.name})\n          _arguments \\\n            ${specs.join(' \\\n            ')} ;;`;
}

export function zshCompletions(): string {
  const monitor = commands.slice(0, 1).flatMap(flagsOf).map(flagSpec);
  const described = named().map(({name, help}) => `'${name}:${quoted(help).replaceAll(':', '\\:')}'`);
  return `#compdef mystatus-tui
_mystatus_tui() {
  local state line
  _arguments -C \\
        ${monitor.join(' \\\n        ')} \\
        '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a all=(${described.join(' ')})
      _describe command all ;;
    rest)
      case $line[1] in
${named().map(commandCase).join('\n')}
      esac ;;
  esac
}
# Read by eval, or run by zsh itself as a file of its path.
if [[ $funcstack[1] == _mystatus-tui ]]; then _mystatus_tui "$@"; else compdef _mystatus_tui mystatus-tui; fi
`;
}
