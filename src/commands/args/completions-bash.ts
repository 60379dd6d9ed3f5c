import {type Command, commands} from './description.ts';
import {type Flag, fixedIn, flagOf, type Known} from './flags.ts';

const named = (): Command[] => commands.filter(({name}) => name !== '');
const flagsOf = (command: Command): string => command.flags.map(name => `--${name}`).join(' ');
const everyFlag = (): Flag[] => [...new Set(commands.flatMap(({flags}) => flags))].map(flagOf);

const wordsOf = (known: Known): string => `$(_mystatus_tui_known ${known})`;

/** What completes the value of a flag; nothing is offered for one whose values are the user's own. */
function valueCase(flag: Flag): string {
  const {name, kind, values, known} = flag;
  const fileNames = '$(compgen -f -- "$word")';
  if (kind === 'extent') return `    --${name}) extent="${values?.join(' ') ?? fileNames}" ;;`;
  const words = [...fixedIn(flag), ...(known === undefined ? [] : [wordsOf(known)])].join(' ');
  const offer =
    words === '' ? '' : ` ${kind === 'providers' ? '_mystatus_tui_offer_list' : '_mystatus_tui_offer'} "${words}";`;
  const here = commandsWithSwitch(name).join('|');
  if (here === '') return `    --${name})${offer} return ;;`;
  return `    --${name}) case $command in ${here}) ;; *)${offer} return ;; esac ;;`;
}

/** Where the flag takes no value. */
const commandsWithSwitch = (flag: string): string[] =>
  commands.filter(({switches}) => switches !== undefined && flag in switches).map(({name}) => name);

function commandCase(command: Command): string {
  const places = [command.argument, command.target].filter(place => place !== undefined);
  const words = [
    flagsOf(command),
    ...places.flatMap(({values = [], known}) => [...values, ...(known === undefined ? [] : [wordsOf(known)])]),
  ];
  return `    ${command.name}) _mystatus_tui_offer "${words.join(' ')}" ;;`;
}

export const bashCompletions = (): string => `# bash completion of mystatus-tui
_mystatus_tui_known() { "\${COMP_WORDS[0]}" completions "$1" 2>/dev/null; }
_mystatus_tui_offer() {
  COMPREPLY=($(compgen -W "$1 $extent" -- "$word"))
  # Of a word with a colon bash replaces only what follows it.
  if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
    COMPREPLY=("\${COMPREPLY[@]#"\${word%"\${word##*:}"}"}")
  fi
}
# A list with commas: what stands before the last one stays.
_mystatus_tui_offer_list() {
  COMPREPLY=($(compgen -P "\${word%"\${word##*,}"}" -W "$1" -- "\${word##*,}"))
}
_mystatus_tui() {
  local word='' before='' extent='' command='' at part glue='' count=0
  local -a line=()
  # Bash parts words at colons and equal signs, which account keys and --flag=value have.
  for ((at = 0; at <= COMP_CWORD; at++)); do
    part=\${COMP_WORDS[at]}
    case $part in
      :) line[count-1]+=$part glue=1 ;;
      =) line[count++]='' glue=1 ;;
      *) if [[ $glue ]]; then line[count-1]+=$part glue=''; else line[count++]=$part; fi ;;
    esac
  done
  word=\${line[count-1]}
  ((count > 1)) && before=\${line[count-2]}
  for ((at = 1; at < count - 1; at++)); do
    case \${line[at]} in
      ${named()
        .map(({name}) => name)
        .join('|')}) command=\${line[at]}; break ;;
    esac
  done
  case $before in
${everyFlag()
  .filter(({value, kind}) => value !== undefined || kind === 'extent')
  .map(valueCase)
  .join('\n')}
  esac
  case $command in
${named().map(commandCase).join('\n')}
    *) _mystatus_tui_offer "${[...named().map(({name}) => name), ...commands.slice(0, 1).map(flagsOf)].join(' ')}" ;;
  esac
}
complete -F _mystatus_tui mystatus-tui
`;
