import type {ColorMarkup, Escape} from '../output/markup.ts';
import type {StatuslinePreset} from '../output/statusline-presets.ts';
import {hasUnicode} from '../view/strings/locale.ts';
import type {Asked} from './args/parse.ts';
import {presets} from './statusline-presets.ts';

/** What the line looks like, and for whom: as the flags say, else as the preset that they name. */
export type StatuslineLook = {
  format: string | undefined;
  color: ColorMarkup;
  reader: Escape;
  ascii: boolean;
  /** Whose figures stand on standard input. */
  stdin: string | undefined;
};

export function lookOf(asked: Asked): StatuslineLook {
  const preset: Partial<StatuslinePreset> = presets[asked.text('preset') ?? ''] ?? {};
  return {
    format: asked.text('format') ?? preset.format,
    color: (asked.text('color') as ColorMarkup | undefined) ?? preset.color ?? 'none',
    reader: (asked.text('escape') as Escape | undefined) ?? preset.escape ?? 'none',
    ascii: !hasUnicode(process.env),
    stdin: asked.text('stdin') ?? preset.stdin,
  };
}
