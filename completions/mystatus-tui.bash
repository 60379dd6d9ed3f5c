# bash completion of mystatus-tui
_mystatus_tui() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words command='' at
  case $before in
    --provider) COMPREPLY=($(compgen -W 'openai copilot google zai zhipu' -- "$word")); return ;;
    --theme) COMPREPLY=($(compgen -W 'auto dark light contrast colour-blind 16 mono' -- "$word")); return ;;
    --lang) COMPREPLY=($(compgen -W 'en zh ja' -- "$word")); return ;;
    --color) COMPREPLY=($(compgen -W 'none ansi tmux pango polybar' -- "$word")); return ;;
    --escape) COMPREPLY=($(compgen -W 'none json pango tmux polybar xbar zsh bash fish waybar' -- "$word")); return ;;
    --interval|--max-age|--timeout|--label|--field|--min-remaining|--window|--account|--format) return ;;
  esac
  for ((at = 1; at < COMP_CWORD; at++)); do
    case ${COMP_WORDS[at]} in
      accounts|login|logout|guard|statusline|doctor|completions|help) command=${COMP_WORDS[at]}; break ;;
    esac
  done
  case $command in
    accounts) words='--json --provider --privacy --demo --no-color --help' ;;
    login) words='--label --field --keychain --no-verify --timeout --help openai copilot google zai zhipu' ;;
    logout) words='--help' ;;
    guard) words='--min-remaining --window --account --max-age --provider --timeout --demo --privacy --no-color --help' ;;
    statusline) words='--format --color --escape --provider --privacy --lang --help' ;;
    doctor) words='--json --provider --timeout --privacy --no-color --demo --help' ;;
    completions) words='--help bash zsh fish' ;;
    help) words='--help accounts login logout guard statusline doctor completions' ;;
    *) words='accounts login logout guard statusline doctor completions help --once --json --demo --provider --interval --privacy --theme --lang --no-color --no-mouse --ascii --max-age --timeout --help --version' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _mystatus_tui mystatus-tui
