import {readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {describe, expect, it} from 'vitest';
import {cyclesIn, readSource, sourceFilesIn} from './support/source-code.ts';

const src = new URL('../src', import.meta.url).pathname;

/** Room → the rooms that it may import from; itself always. */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  providers: ['core'],
  system: ['core'],
  view: ['core'],
  output: ['core', 'view'],
  metrics: ['core'],
  terminal: ['core', 'view'],
  controllers: ['core', 'view'],
  hooks: ['core', 'view', 'controllers'],
  components: ['core', 'view', 'controllers', 'hooks'],
  app: ['core', 'view', 'controllers', 'hooks', 'components'],
  version: [],
  compose: ['core', 'providers', 'system', 'version', 'view'],
  server: ['core', 'providers', 'output', 'view', 'controllers'],
  'first-frame': ['core', 'providers', 'system', 'view', 'terminal', 'controllers', 'components', 'version'],
  commands: [
    ...['core', 'providers', 'system', 'output', 'metrics', 'server', 'view', 'terminal'],
    ...['compose', 'app', 'first-frame', 'version'],
  ],
  cli: ['system', 'commands', 'version'],
};
/** Rooms that know neither Node nor any package, and those that may use the named packages. */
const packages: Record<string, RegExp> = {
  core: /^$/,
  providers: /^$/,
  view: /^string-width$/,
  output: /^$/,
  metrics: /^(prom-client|@opentelemetry\/.+)$/,
  controllers: /^$/,
  hooks: /^(react|ink)$/,
  components: /^(react|ink|ink-spinner|chalk)$/,
  app: /^(react|ink)$/,
};

const sources = sourceFilesIn(src);
const files = sources.map(({file}) => file);
const roomOf = (path: string): string => path.split('/')[0]?.replace(/\.tsx?$/, '') ?? '';
const imports = sources.flatMap(({file, imports}) => imports.map(target => ({file, room: roomOf(file), target})));
const inside = imports
  .filter(({target}) => target.startsWith('.'))
  .map(each => ({...each, path: relative(src, resolve(src, dirname(each.file), each.target))}))
  .map(each => ({...each, other: roomOf(each.path)}));

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
      .filter(({room, file}) => room === 'providers' && !/^(index|known|known-words)$/.test(family(file)))
      .map(each => ({...each, of: family(each.path)}))
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

describe('imports in a circle', () => {
  it('are in no file, and types count too', () => {
    const graph = new Map(files.map(file => [file, inside.filter(each => each.file === file).map(({path}) => path)]));
    expect(graph.get('cli.ts')).toContain('commands/main.ts');
    expect(cyclesIn(graph)).toEqual([]);
  });

  it('would be found', () => {
    const graph = (edges: Record<string, string[]>) => cyclesIn(new Map(Object.entries(edges)));
    expect(graph({a: ['b', 'c'], b: ['d'], c: ['d'], d: []})).toEqual([]);
    expect(graph({a: ['a']})).toEqual([['a']]);
    expect(graph({d: ['b'], b: ['c', 'nowhere'], c: ['a'], a: ['b']})).toEqual([['a', 'b', 'c']]);
    expect(graph({a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c']})).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    const code = `import type {A} from './a.ts'; export type {B} from './b.ts'; export * from './c.ts'; import './d.ts';
      // import './none.ts'
      const e = () => import('./e.ts'); type F = import('./f.ts').F; const none = "import './none.ts'";`;
    expect(readSource('x.ts', code).imports).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './f.ts']);
  });
});

describe('the size of things', () => {
  /** Longer than the rule, and shrinking: none may grow beyond this, and what fits again leaves the list. */
  const longFiles: Record<string, number> = {};
  // One table of texts each, in the order of the screen: halves of it would be harder to compare between languages.
  const tables = /^view\/strings\/(en|zh|ja)\.ts$/;

  it('no function is longer than 80 lines', () => {
    const long = sources.flatMap(({file, functions}) =>
      functions.filter(({lines}) => lines > 80).map(({name, lines}) => `${file}: ${name} has ${lines}`),
    );
    expect(long).toEqual([]);
  });

  it('no file is longer than 200 lines, but for those that are listed', () => {
    const long = sources.filter(({file, lines}) => lines > 200 && !tables.test(file));
    expect(
      long.filter(({file, lines}) => lines > (longFiles[file] ?? 200)).map(({file, lines}) => [file, lines]),
    ).toEqual([]);
    expect(Object.keys(longFiles).filter(file => !long.some(each => each.file === file))).toEqual([]);
  });

  it('is counted by the syntax, whatever stands in texts and comments', () => {
    const code =
      "// 「{」 (\nconst a = () => 1;\nfunction b() {\n  const c = '}';\n  return {\n    d() {\n    },\n  };\n}\n";
    expect(readSource('x.ts', code)).toMatchObject({
      lines: 9,
      functions: [
        {name: 'a', line: 2, lines: 1},
        {name: 'b', line: 3, lines: 7},
        {name: 'd', line: 6, lines: 2},
      ],
    });
  });
});
