import type {Severity} from '../core/health.ts';

/** Colour in the markup of those who show the line: terminals, tmux, and bars that use Pango (waybar). */
export type ColorMarkup = 'none' | 'ansi' | 'tmux' | 'pango';

type Weight = 'ok' | 'warn' | 'bad';

const tags: Record<Exclude<ColorMarkup, 'none'>, Record<Weight, [open: string, close: string]>> = {
  ansi: {ok: ['\u001b[32m', '\u001b[0m'], warn: ['\u001b[33m', '\u001b[0m'], bad: ['\u001b[1;31m', '\u001b[0m']},
  tmux: {
    ok: ['#[fg=green]', '#[default]'],
    warn: ['#[fg=yellow]', '#[default]'],
    bad: ['#[fg=red,bold]', '#[default]'],
  },
  pango: {
    ok: ['<span foreground="#6fbf73">', '</span>'],
    warn: ['<span foreground="#e3b66a">', '</span>'],
    bad: ['<span foreground="#ee7b80" weight="bold">', '</span>'],
  },
};

export function paint(text: string, severity: Severity, markup: ColorMarkup): string {
  if (markup === 'none' || severity === 'none') return text;
  const [open, close] = tags[markup][severity === 'critical' || severity === 'over' ? 'bad' : severity];
  return `${open}${text}${close}`;
}

/** Text from outside means itself in every markup: tmux would run '#(…)' and Pango would stop at '<'. */
export function escaped(text: string, markup: ColorMarkup): string {
  if (markup === 'tmux') return text.replaceAll('#', '##');
  if (markup !== 'pango') return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
