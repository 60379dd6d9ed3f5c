import type {ColorMarkup, Escape} from '../output/markup.ts';
import {type StatuslinePreset, statuslinePresetNames, statuslinePresets} from '../output/statusline-presets.ts';
import {hasUnicode} from '../view/strings/locale.ts';
import type {Asked} from './args/parse.ts';

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
  const name = statuslinePresetNames.find(each => each === asked.text('preset'));
  const preset: Partial<StatuslinePreset> = name === undefined ? {} : statuslinePresets[name];
  return {
    format: asked.text('format') ?? preset.format,
    color: (asked.text('color') as ColorMarkup | undefined) ?? preset.color ?? 'none',
    reader: (asked.text('escape') as Escape | undefined) ?? preset.escape ?? 'none',
    ascii: !hasUnicode(process.env),
    stdin: asked.text('stdin') ?? preset.stdin,
  };
}
