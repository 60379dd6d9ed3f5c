import {dirname, join, relative} from 'node:path';
import {expect, it} from 'vitest';
import {blocksIn, textOf} from './support.ts';

const fixtures = 'test/fixtures/adding-a-provider';
/** Where a reader puts each file; here they stand together, where they are checked and run. */
const places: Record<string, string> = {
  [`${fixtures}/acme.ts`]: 'src/providers/acme/index.ts',
  [`${fixtures}/demo.ts`]: 'src/providers/acme/demo.ts',
  [`${fixtures}/acme.test.ts`]: 'test/providers/acme.test.ts',
};

/** The file as it reads at its own place: only the paths of its imports differ. */
function atItsPlace(file: string): string {
  const place = places[file] ?? file;
  const moved = (path: string): string => {
    const target = join(dirname(file), path);
    const to = relative(dirname(place), places[target] ?? target);
    return to.startsWith('.') ? to : `./${to}`;
  };
  return textOf(file).replace(/(?<=from ')\.[^']+/g, moved);
}

/** Import lines as a set: their order and their line breaks follow from their paths. */
const parts = (text: string): {imports: string[]; rest: string} => {
  const lines = text.match(/^import [\s\S]*?;\n/gm) ?? [];
  const imports = lines.map(line => line.replace(/[\s,{}]+/g, ' '));
  return {imports: imports.sort(), rest: text.replace(/^import [\s\S]*?;\n/gm, '').trim()};
};

it('shows code that is type-checked and run, word for word', () => {
  const shown = blocksIn(textOf('docs/adding-a-provider.md'), 'ts').map(parts);
  for (const file of Object.keys(places)) expect(shown).toContainEqual(parts(atItsPlace(file)));
});

it('names every file that a new provider takes', () => {
  const page = textOf('docs/adding-a-provider.md');
  const named = [...Object.values(places), 'src/providers/index.ts', 'docs/providers/acme.md'];
  expect(named.filter(file => !page.includes(`\`${file}\``))).toEqual([]);
});
