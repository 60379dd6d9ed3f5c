#!/bin/sh
# A plugin for tmux, as tpm loads them: #{mystatus} in status-left and status-right becomes the status line.
# `set -g @mystatus_options '--provider openai'` adds options to the command.

options=$(tmux show-option -gqv @mystatus_options)
line="#(mystatus-tui statusline --preset tmux $options)"
mark='#{mystatus}'

for side in status-left status-right; do
  rest=$(tmux show-option -gqv "$side")
  filled=
  while :; do
    case $rest in
      *"$mark"*)
        filled=$filled${rest%%"$mark"*}$line
        rest=${rest#*"$mark"}
        ;;
      *) break ;;
    esac
  done
  [ -z "$filled" ] || tmux set-option -gq "$side" "$filled$rest"
done
