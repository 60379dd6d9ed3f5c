import {expect, it} from 'vitest';
import {withPresets} from '../../scripts/preset-docs.ts';
import {presets} from '../../src/commands/statusline-presets.ts';
import {textOf} from './support.ts';

it('the table of presets is that of the program (npm run docs)', () => {
  const page = textOf('docs/statusline.md');
  expect(page).toBe(withPresets(page));
  expect(Object.keys(presets).filter(name => !page.includes(`\n| \`${name}\` | `))).toEqual([]);
});
