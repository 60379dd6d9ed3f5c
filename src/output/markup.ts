import type {Severity} from '../core/health.ts';

/** How the line is coloured: for terminals, tmux, bars that use Pango (waybar), polybar, and prompts of zsh. */
export const colorMarkups = ['none', 'ansi', 'tmux', 'pango', 'polybar', 'zsh'] as const;
export type ColorMarkup = (typeof colorMarkups)[number];

/** Who reads the line. What means something there is escaped in every text that comes from outside. */
export const escapes = [
  'none',
  'all',
  'json',
  'pango',
  'tmux',
  'polybar',
  'xbar',
  'zsh',
  'bash',
  'fish',
  'waybar',
] as const;
export type Escape = (typeof escapes)[number];

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
  polybar: {ok: ['%{F#6fbf73}', '%{F-}'], warn: ['%{F#e3b66a}', '%{F-}'], bad: ['%{F#ee7b80}', '%{F-}']},
  zsh: {ok: ['%F{green}', '%f'], warn: ['%F{yellow}', '%f'], bad: ['%B%F{red}', '%f%b']},
};

export function paint(text: string, severity: Severity, markup: ColorMarkup): string {
  if (markup === 'none' || severity === 'none') return text;
  const [open, close] = tags[markup][severity === 'critical' || severity === 'over' ? 'bad' : severity];
  return `${open}${text}${close}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text means itself to that reader: tmux would run '#(…)', Pango stop at '<', a prompt run '$(…)'. */
export function escaped(text: string, reader: Escape | ColorMarkup): string {
  switch (reader) {
    case 'none':
    case 'all': // what comes from outside was made harmless before it was coloured
    case 'ansi':
    case 'fish': // prints what its prompt function printed, as it is
      return text;
    case 'json':
      return JSON.stringify(text).slice(1, -1);
    case 'waybar': // reads JSON, and Pango's markup in its texts
      return escaped(escaped(text, 'pango'), 'json');
    case 'pango':
      return text.replace(/[&<>"']/g, letter => entities[letter] ?? letter);
    case 'tmux':
      return text.replaceAll('#', '##');
    case 'polybar': // has no way to write '%{' itself
      return text.replaceAll('%{', '% {');
    case 'xbar': // all behind a bar is options, one of which starts programs
      return text.replaceAll('|', '¦');
    case 'zsh': // with PROMPT_SUBST a backslash protects, without it one would be seen: these letters are left out
      return text.replaceAll('%', '%%').replace(/[$`\\!]/g, '');
    case 'bash': // decodes backslashes first and expands what is left
      return text.replace(/[$`\\]/g, letter => (letter === '\\' ? '\\\\\\\\' : `\\\\${letter}`));
  }
}

/** Without all that means something to any of those readers: what the line shows when nobody said who reads it. */
export const harmless = (text: string): string => text.replace(/[$`\\"'<>&#|{};!]/g, '');
