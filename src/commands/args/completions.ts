import {bashCompletions} from './completions-bash.ts';
import {fishCompletions} from './completions-fish.ts';
import {zshCompletions} from './completions-zsh.ts';

/** Completions of a shell, made from the description of the command line. */
export function completionsOf(shell: string): string {
  if (shell === 'bash') return bashCompletions();
  return shell === 'zsh' ? zshCompletions() : fishCompletions();
}
