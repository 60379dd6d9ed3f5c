# bash completion of mystatus-tui
_mystatus_tui_known() { "${COMP_WORDS[0]}" completions "$1" 2>/dev/null; }
_mystatus_tui_offer() {
  COMPREPLY=($(compgen -W "$1" -- "$word"))
  # Of a word with a colon bash replaces only what follows it.
  if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then
    COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
  fi
}
# A list with commas: what stands before the last one stays.
_mystatus_tui_offer_list() {
  COMPREPLY=($(compgen -P "${word%"${word##*,}"}" -W "$1" -- "${word##*,}"))
}
_mystatus_tui() {
  local word='' before='' command='' at part glue='' count=0
  local -a line=()
  # Bash parts words at colons and equal signs, which account keys and --flag=value have.
  for ((at = 0; at <= COMP_CWORD; at++)); do
    part=${COMP_WORDS[at]}
    case $part in
      :) line[count-1]+=$part glue=1 ;;
      =) line[count++]='' glue=1 ;;
      *) if [[ $glue ]]; then line[count-1]+=$part glue=''; else line[count++]=$part; fi ;;
    esac
  done
  word=${line[count-1]}
  ((count > 1)) && before=${line[count-2]}
  case $before in
    --provider) _mystatus_tui_offer_list "openai copilot google zai zhipu"; return ;;
    --interval) return ;;
    --theme) _mystatus_tui_offer "auto dark light contrast colour-blind 16 mono"; return ;;
    --lang) _mystatus_tui_offer "en zh ja"; return ;;
    --max-age) return ;;
    --timeout) return ;;
    --label) return ;;
    --field) return ;;
    --min-remaining) return ;;
    --window) _mystatus_tui_offer "$(_mystatus_tui_known windows)"; return ;;
    --account) _mystatus_tui_offer "$(_mystatus_tui_known accounts)"; return ;;
    --format) return ;;
    --color) _mystatus_tui_offer "none ansi tmux pango polybar"; return ;;
    --escape) _mystatus_tui_offer "none json pango tmux polybar xbar zsh bash fish waybar"; return ;;
  esac
  for ((at = 1; at < count - 1; at++)); do
    case ${line[at]} in
      accounts|login|logout|guard|statusline|doctor|completions|help) command=${line[at]}; break ;;
    esac
  done
  case $command in
    accounts) _mystatus_tui_offer "--json --provider --privacy --demo --no-color --help" ;;
    login) _mystatus_tui_offer "--label --field --keychain --no-verify --timeout --help openai copilot google zai zhipu" ;;
    logout) _mystatus_tui_offer "--help $(_mystatus_tui_known accounts)" ;;
    guard) _mystatus_tui_offer "--min-remaining --window --account --max-age --provider --timeout --demo --privacy --no-color --help" ;;
    statusline) _mystatus_tui_offer "--format --color --escape --provider --privacy --lang --help" ;;
    doctor) _mystatus_tui_offer "--json --provider --timeout --privacy --no-color --demo --help" ;;
    completions) _mystatus_tui_offer "--help bash zsh fish" ;;
    help) _mystatus_tui_offer "--help accounts login logout guard statusline doctor completions" ;;
    *) _mystatus_tui_offer "accounts login logout guard statusline doctor completions help --once --json --demo --provider --interval --privacy --theme --lang --no-color --no-mouse --ascii --max-age --timeout --help --version" ;;
  esac
}
complete -F _mystatus_tui mystatus-tui
