import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {describe, expect, it} from 'vitest';

const src = new URL('../src', import.meta.url).pathname;

/** Room → the rooms that it may import from; itself always. */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  providers: ['core'],
  system: ['core'],
  view: ['core'],
  output: ['core', 'view'],
  terminal: ['core', 'view'],
  controllers: ['core', 'view'],
  hooks: ['core', 'view', 'controllers'],
  components: ['core', 'view', 'controllers', 'hooks'],
  app: ['core', 'view', 'controllers', 'hooks', 'components'],
  version: [],
  compose: ['core', 'providers', 'system', 'version', 'view'],
  commands: ['core', 'providers', 'system', 'output', 'view', 'terminal', 'compose', 'app', 'version'],
  cli: ['system', 'commands', 'version'],
};
/** Rooms that know neither Node nor any package, and those that may use the named packages. */
const packages: Record<string, RegExp> = {
  core: /^$/,
  providers: /^$/,
  view: /^string-width$/,
  output: /^$/,
  controllers: /^$/,
  hooks: /^(react|ink)$/,
  components: /^(react|ink|ink-spinner|chalk)$/,
  app: /^(react|ink)$/,
};

type Import = {file: string; room: string; target: string};
const files = readdirSync(src, {recursive: true, encoding: 'utf8'}).filter(file => /\.tsx?$/.test(file));
const roomOf = (path: string): string => path.split('/')[0]?.replace(/\.tsx?$/, '') ?? '';
// At the beginning of a line, so that words in comments and texts are not taken for imports.
const importing = /^(?:import|export)\b[^'";]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;
const importsOf = (file: string): Import[] =>
  [...readFileSync(join(src, file), 'utf8').matchAll(importing)].map(([, from, bare, dynamic]) => ({
    file,
    room: roomOf(file),
    target: from ?? bare ?? dynamic ?? '',
  }));
const imports = files.flatMap(importsOf);
const inside = imports
  .filter(({target}) => target.startsWith('.'))
  .map(each => ({...each, other: roomOf(relative(src, resolve(src, dirname(each.file), each.target)))}));

describe('the direction rule', () => {
  it('is about every file: each stands in a room that is named here', () => {
    expect(files.length).toBeGreaterThan(100);
    expect([...new Set(files.map(roomOf))].filter(room => mayImport[room] === undefined)).toEqual([]);
  });

  it('holds for every import', () => {
    const wrong = inside.filter(({room, other}) => room !== other && !mayImport[room]?.includes(other));
    expect(wrong.map(({file, target}) => `${file} imports ${target}`)).toEqual([]);
  });

  it('keeps Node, React and packages out of the rooms that must not know them', () => {
    const wrong = imports.filter(
      ({room, target}) => !target.startsWith('.') && packages[room] !== undefined && !packages[room]?.test(target),
    );
    expect(wrong.map(({file, target}) => `${file} imports ${target}`)).toEqual([]);
  });

  it('lets no provider import another one', () => {
    const family = (path: string): string => path.split('/')[1]?.replace(/\.ts$/, '') ?? '';
    const wrong = inside
      .filter(({room, file}) => room === 'providers' && family(file) !== 'index')
      .map(each => ({...each, of: family(relative(src, resolve(src, dirname(each.file), each.target)))}))
      .filter(({file, of, other}) => other === 'providers' && of !== 'shared' && of !== family(file));
    expect(wrong.map(({file, target}) => `${file} imports ${target}`)).toEqual([]);
  });

  it('keeps time, timers and the network out of what is drawn', () => {
    const impure = /\b(Date\.now|new Date\(\)|setTimeout|setInterval|Math\.random)|\b(await|return|void|=) fetch\(/;
    const pure = files.filter(
      file => /^(components|view|core|providers|output|controllers)\//.test(file) && file !== 'core/clock.ts',
    );
    expect(
      pure.filter(file => impure.test(readFileSync(join(src, file), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, ''))),
    ).toEqual([]);
  });

  it('starts programs in one place only, which never looks for them in the working directory', () => {
    const starting = imports.filter(({target}) => target === 'node:child_process').map(({file}) => file);
    expect([...new Set(starting)]).toEqual(['system/programs/programs.ts']);
  });

  it('keeps the root a table of contents', () => {
    expect(readFileSync(join(src, 'app.tsx'), 'utf8').split('\n').length).toBeLessThanOrEqual(121);
  });
});
