#compdef mystatus-tui
_mystatus_tui() {
  local state line
  _arguments -C \
        '--once[print one reading as text, then exit]' \
        '--json[print JSON (one reading; with accounts or doctor, their report)]' \
        '--demo[use made-up accounts\: no network, no credentials, nothing written]' \
        '--provider[only these providers]:id[,id]:_values -s , provider openai copilot google zai zhipu' \
        '--interval[time between polls of an account (at least 60)]:seconds:' \
        '--privacy[hide e-mail addresses, account names and paths]' \
        '--theme[colour theme]:name:(auto dark light contrast colour-blind 16 mono)' \
        '--lang[display language]:language:(en zh ja)' \
        '--no-color[disable colours]' \
        '--no-mouse[leave the mouse to the terminal]' \
        '--ascii[draw with ASCII only]' \
        '--max-age[accept a reading from the shared ledger if it is younger (default 0\: always refresh)]:seconds:' \
        '--timeout[overall timeout (default 30)]:seconds:' \
        '--help[show this help]' \
        '--version[show the version]' \
        '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a all=('accounts:list the accounts found and where, masked; no network' 'login:store a credential\: prompts with hidden input, or reads standard input' 'logout:remove a stored credential, by account, or by provider if it has only one; other tools'\'' files are never touched' 'guard:exit 0 if enough is left, 1 if not, 3 if unknown' 'statusline:print one line from the shared ledger, without using the network' 'doctor:check what works\: Node, terminal, settings, stores, services' 'completions:print completions for a shell' 'help:show help for the program or a command')
      _describe command all ;;
    rest)
      case $line[1] in
        accounts)
          _arguments \
            '--json[print JSON (one reading; with accounts or doctor, their report)]' \
            '--provider[only these providers]:id[,id]:_values -s , provider openai copilot google zai zhipu' \
            '--privacy[hide e-mail addresses, account names and paths]' \
            '--demo[use made-up accounts\: no network, no credentials, nothing written]' \
            '--no-color[disable colours]' \
            '--help[show this help]' ;;
        login)
          _arguments \
            '--label[name of the account on screen]:name:' \
            '--field[extra fields of the credential\: username, tier, organization, …]:name=value[,…]:' \
            '--keychain[store the secret in the system keychain instead of credentials.json]' \
            '--no-verify[store without a test request first]' \
            '--timeout[overall timeout (default 30)]:seconds:' \
            '--help[show this help]' \
            '1:provider:(openai copilot google zai zhipu)' ;;
        logout)
          _arguments \
            '--help[show this help]' \
            '1:account:{compadd -- ${(f)"$(mystatus-tui completions accounts 2>/dev/null)"}}' ;;
        guard)
          _arguments \
            '--min-remaining[fail if less than this is left]:percent:' \
            '--window[only this window (5h, weekly, spark/5h, …)]:id:{compadd -- ${(f)"$(mystatus-tui completions windows 2>/dev/null)"}}' \
            '--account[only this account (see accounts)]:key:{compadd -- ${(f)"$(mystatus-tui completions accounts 2>/dev/null)"}}' \
            '--max-age[accept a reading from the shared ledger if it is younger (default 0\: always refresh)]:seconds:' \
            '--provider[only these providers]:id[,id]:_values -s , provider openai copilot google zai zhipu' \
            '--timeout[overall timeout (default 30)]:seconds:' \
            '--demo[use made-up accounts\: no network, no credentials, nothing written]' \
            '--privacy[hide e-mail addresses, account names and paths]' \
            '--no-color[disable colours]' \
            '--help[show this help]' ;;
        statusline)
          _arguments \
            '--format[template of the line, such as "{provider} {used}"]:template:' \
            '--color[colour the line by severity, for this program]:kind:(none ansi tmux pango polybar)' \
            '--escape[escape names in the line for this program]:reader:(none json pango tmux polybar xbar zsh bash fish waybar)' \
            '--provider[only these providers]:id[,id]:_values -s , provider openai copilot google zai zhipu' \
            '--privacy[hide e-mail addresses, account names and paths]' \
            '--lang[display language]:language:(en zh ja)' \
            '--help[show this help]' ;;
        doctor)
          _arguments \
            '--json[print JSON (one reading; with accounts or doctor, their report)]' \
            '--provider[only these providers]:id[,id]:_values -s , provider openai copilot google zai zhipu' \
            '--timeout[overall timeout (default 30)]:seconds:' \
            '--privacy[hide e-mail addresses, account names and paths]' \
            '--no-color[disable colours]' \
            '--demo[use made-up accounts\: no network, no credentials, nothing written]' \
            '--help[show this help]' ;;
        completions)
          _arguments \
            '--help[show this help]' \
            '1:shell:(bash zsh fish)' ;;
        help)
          _arguments \
            '--help[show this help]' \
            '1:command:(accounts login logout guard statusline doctor completions)' ;;
      esac ;;
  esac
}
compdef _mystatus_tui mystatus-tui
