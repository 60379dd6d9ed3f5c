import type {Theme} from '../../src/view/theme/theme.ts';
import type {Cell} from './screen.ts';

/** A row with the meaning of its colours in it: '{critical}98%{/}', '{ok on track}▌{/}'. What has no colour has no mark. */
export function withTones(row: readonly Cell[], theme: Theme): string {
  const names = tonesByColor(theme);
  const marked = row.map(cell => ({text: cell.text, tone: toneOf(cell, names)}));
  const runs = marked.reduce<{text: string; tone: string}[]>((before, {text, tone}) => {
    const last = before.at(-1);
    // A space that has no colour behind it looks the same in every colour.
    if (last && (last.tone === tone || (text === ' ' && !tone.includes(' on ')))) last.text += text;
    else before.push({text, tone});
    return before;
  }, []);
  return runs
    .map(({text, tone}) => {
      const [, shown = '', after = ''] = tone.includes(' on ') ? [text, text] : (/^(.*?)( *)$/.exec(text) ?? []);
      return tone === '' || shown === '' ? text : `{${tone}}${shown}{/}${after}`;
    })
    .join('')
    .trimEnd();
}

/** The first tone that has a colour names it. */
function tonesByColor(theme: Theme): Map<string, string> {
  const tones = Object.entries(theme.styles).flatMap(([tone, {color}]) => (color ? [[color, tone] as const] : []));
  return new Map(tones.reverse());
}

function toneOf({color, background, bold, inverse}: Cell, names: ReadonlyMap<string, string>): string {
  const front = color === null ? (bold ? 'bold' : 'text') : (names.get(color) ?? color);
  const behind = background === null ? '' : ` on ${names.get(background) ?? background}`;
  const tone = `${front}${behind}${inverse ? ' inverse' : ''}`;
  return tone === 'text' ? '' : tone;
}
