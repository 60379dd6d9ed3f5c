#compdef mystatus-tui
_mystatus_tui() {
  local state line
  _arguments -C \
        '--once[one reading as text, then exit]' \
        '--json[the same as JSON (for accounts and doctor\: their answer as JSON)]' \
        '--demo[invented accounts\: no network, no credentials, nothing written]' \
        '--provider[only these providers]:id[,id]:_values -s , provider openai copilot google zai zhipu' \
        '--interval[time between two polls of an account (60 at least)]:seconds:' \
        '--privacy[hide e-mail addresses, account names and paths]' \
        '--theme[colours]:name:(auto dark light contrast colour-blind 16 mono)' \
        '--lang[language of the screen]:language:(en zh ja)' \
        '--no-color[no colours]' \
        '--no-mouse[leave the mouse to the terminal]' \
        '--ascii[draw with ASCII only]' \
        '--max-age[answer from the shared ledger when its reading is younger (default 0\: ask now)]:seconds:' \
        '--timeout[deadline of the whole answer (default 30)]:seconds:' \
        '--help[this text]' \
        '--version[the version]' \
        '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a all=('accounts:which accounts were found and where, masked; no network' 'login:store a credential\: asks with hidden input, or reads standard input' 'logout:forget a stored credential, by account, or by provider where there is one; other tools'\'' files are never touched' 'guard:exit 0 when enough is left, 1 when not, 3 when it cannot be told' 'statusline:one line from the shared ledger, never the network' 'doctor:what works and what does not\: Node, terminal, settings, stores, services' 'completions:print the completions of a shell' 'help:help of the program, or of a command')
      _describe command all ;;
    rest)
      case $line[1] in
        accounts)
          _arguments \
            '--json[the same as JSON (for accounts and doctor\: their answer as JSON)]' \
            '--provider[only these providers]:id[,id]:_values -s , provider openai copilot google zai zhipu' \
            '--privacy[hide e-mail addresses, account names and paths]' \
            '--demo[invented accounts\: no network, no credentials, nothing written]' \
            '--no-color[no colours]' \
            '--help[this text]' ;;
        login)
          _arguments \
            '--label[what the account is called on the screen]:name:' \
            '--field[what belongs to the credential\: username, tier, organization, …]:name=value[,…]:' \
            '--keychain[keep the secret in the keychain of the operating system, not in credentials.json]' \
            '--no-verify[store without one real request first]' \
            '--timeout[deadline of the whole answer (default 30)]:seconds:' \
            '--help[this text]' \
            '1:provider:(openai copilot google zai zhipu)' ;;
        logout)
          _arguments \
            '--help[this text]' \
            '1:account:{compadd -- ${(f)"$(mystatus-tui completions accounts 2>/dev/null)"}}' ;;
        guard)
          _arguments \
            '--min-remaining[fail when less than this is left]:percent:' \
            '--window[only this window (5h, weekly, spark/5h, …)]:id:{compadd -- ${(f)"$(mystatus-tui completions windows 2>/dev/null)"}}' \
            '--account[only this account (see accounts)]:key:{compadd -- ${(f)"$(mystatus-tui completions accounts 2>/dev/null)"}}' \
            '--max-age[answer from the shared ledger when its reading is younger (default 0\: ask now)]:seconds:' \
            '--provider[only these providers]:id[,id]:_values -s , provider openai copilot google zai zhipu' \
            '--timeout[deadline of the whole answer (default 30)]:seconds:' \
            '--demo[invented accounts\: no network, no credentials, nothing written]' \
            '--privacy[hide e-mail addresses, account names and paths]' \
            '--no-color[no colours]' \
            '--help[this text]' ;;
        statusline)
          _arguments \
            '--format[what the line says, such as "{provider} {used}"]:template:' \
            '--color[how the line is coloured by severity]:kind:(none ansi tmux pango polybar)' \
            '--escape[who reads the line\: names from outside mean nothing special there]:reader:(none json pango tmux polybar xbar zsh bash fish waybar)' \
            '--provider[only these providers]:id[,id]:_values -s , provider openai copilot google zai zhipu' \
            '--privacy[hide e-mail addresses, account names and paths]' \
            '--lang[language of the screen]:language:(en zh ja)' \
            '--help[this text]' ;;
        doctor)
          _arguments \
            '--json[the same as JSON (for accounts and doctor\: their answer as JSON)]' \
            '--provider[only these providers]:id[,id]:_values -s , provider openai copilot google zai zhipu' \
            '--timeout[deadline of the whole answer (default 30)]:seconds:' \
            '--privacy[hide e-mail addresses, account names and paths]' \
            '--no-color[no colours]' \
            '--demo[invented accounts\: no network, no credentials, nothing written]' \
            '--help[this text]' ;;
        completions)
          _arguments \
            '--help[this text]' \
            '1:shell:(bash zsh fish)' ;;
        help)
          _arguments \
            '--help[this text]' \
            '1:command:(accounts login logout guard statusline doctor completions)' ;;
      esac ;;
  esac
}
compdef _mystatus_tui mystatus-tui
