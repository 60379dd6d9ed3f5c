import {type Command, commands, type Flag, flagOf} from './description.ts';

/** Completions of a shell, made from the description of the command line. */
export function completionsOf(shell: string): string {
  if (shell === 'bash') return bash();
  return shell === 'zsh' ? zsh() : fish();
}

const named = (): Command[] => commands.filter(({name}) => name !== '');
const flagsOf = (command: Command): Flag[] => command.flags.map(name => flagOf(name));
const names = (flags: readonly Flag[]): string => flags.map(({name}) => `--${name}`).join(' ');

function bash(): string {
  const all = [...new Map(commands.flatMap(flagsOf).map(flag => [flag.name, flag])).values()];
  const values = all.filter(flag => flag.values !== undefined);
  const valueCases = values.map(
    ({name, values = []}) => `    --${name}) COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$word")); return ;;`,
  );
  const freeCases = all
    .filter(flag => flag.value !== undefined && flag.values === undefined)
    .map(({name}) => `--${name}`);
  const commandCases = named().map(
    command =>
      `    ${command.name}) words='${[names(flagsOf(command)), ...(command.argument?.values ?? [])].join(' ')}' ;;`,
  );
  const [monitor] = commands;
  return `# bash completion of mystatus-tui
_mystatus_tui() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} words command='' at
  case $before in
${valueCases.join('\n')}
    ${freeCases.join('|')}) return ;;
  esac
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      ${named()
        .map(({name}) => name)
        .join('|')}) command=\${COMP_WORDS[at]}; break ;;
    esac
  done
  case $command in
${commandCases.join('\n')}
    *) words='${[...named().map(({name}) => name), names(monitor === undefined ? [] : flagsOf(monitor))].join(' ')}' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _mystatus_tui mystatus-tui
`;
}

const quoted = (text: string): string => text.replaceAll("'", "'\\''");

function zsh(): string {
  const argumentOf = (flag: Flag): string => {
    const value =
      flag.value === undefined ? '' : `:${flag.value}:${flag.values === undefined ? '' : `(${flag.values.join(' ')})`}`;
    return `'--${flag.name}[${quoted(flag.help).replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', '\\:')}]${quoted(value)}'`;
  };
  const linesOf = (command: Command): string => flagsOf(command).map(argumentOf).join(' \\\n        ');
  const cases = named().map(command => {
    const {argument} = command;
    const own =
      argument === undefined
        ? ''
        : ` \\\n        '1:${argument.name}:${argument.values === undefined ? '' : `(${argument.values.join(' ')})`}'`;
    return `    ${command.name})\n      _arguments \\\n        ${linesOf(command)}${own} ;;`;
  });
  const [monitor] = commands;
  return `#compdef mystatus-tui
_mystatus_tui() {
  local state line
  _arguments -C \\
        ${monitor === undefined ? '' : linesOf(monitor)} \\
        '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a all=(${named()
        .map(({name, help}) => `'${name}:${quoted(help).replaceAll(':', '\\:')}'`)
        .join(' ')})
      _describe command all ;;
    rest)
      case $line[1] in
${cases.map(text => text.replace(/^/gm, '    ')).join('\n')}
      esac ;;
  esac
}
compdef _mystatus_tui mystatus-tui
`;
}

function fish(): string {
  const seen = named()
    .map(({name}) => name)
    .join(' ');
  const condition = (command: Command): string =>
    command.name === '' ? `not __fish_seen_subcommand_from ${seen}` : `__fish_seen_subcommand_from ${command.name}`;
  const flagLine = (command: Command, flag: Flag): string => {
    const values =
      flag.value === undefined ? '' : ` -x${flag.values === undefined ? '' : ` -a '${flag.values.join(' ')}'`}`;
    return `complete -c mystatus-tui -n '${condition(command)}' -l ${flag.name}${values} -d '${flag.help.replaceAll("'", "\\'")}'`;
  };
  const lines = commands.flatMap(command => [
    ...(command.name === ''
      ? []
      : [
          `complete -c mystatus-tui -n '__fish_use_subcommand' -a ${command.name} -d '${command.help.replaceAll("'", "\\'")}'`,
        ]),
    ...(command.argument?.values === undefined
      ? []
      : [`complete -c mystatus-tui -n '${condition(command)}' -a '${command.argument.values.join(' ')}'`]),
    ...flagsOf(command).map(flag => flagLine(command, flag)),
  ]);
  return `# fish completion of mystatus-tui\ncomplete -c mystatus-tui -f\n${lines.join('\n')}\n`;
}
