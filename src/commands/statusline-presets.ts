import {type StatuslinePreset, statuslinePresets} from '../output/statusline-presets.ts';
import {known} from '../providers/known.ts';

const handed = known.providers.flatMap(({handedBy}): [string, StatuslinePreset][] =>
  handedBy === undefined
    ? []
    : [[handedBy.name, {...handedBy.line, color: 'ansi', escape: 'all', stdin: handedBy.name}]],
);

/** Those of the program, and one for each program that hands over its figures. */
export const presets: Readonly<Record<string, StatuslinePreset>> = {
  ...statuslinePresets,
  ...Object.fromEntries(handed),
};
