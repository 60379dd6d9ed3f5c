import {presets} from '../src/commands/statusline-presets.ts';
import type {StatuslinePreset} from '../src/output/statusline-presets.ts';

/** The table of presets in docs/statusline.md. */

const between = /(?<=<!-- presets -->\n)[\s\S]*?(?=<!-- \/presets -->)/;

// A bar in a cell of a table would end it.
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const rowOf = ([name, {format, color = 'none', escape: reader, about}]: [string, StatuslinePreset]): string =>
  `| ${code(name)} | ${about} | ${code(format)} | ${code(color)} | ${code(reader)} |\n`;

export const withPresets = (text: string): string =>
  text.replace(
    between,
    () =>
      `| preset | for | template | \`--color\` | \`--escape\` |\n|---|---|---|---|---|\n${Object.entries(presets).map(rowOf).join('')}`,
  );
