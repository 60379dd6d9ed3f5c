import {basename, join, relative, resolve} from 'node:path';
import {type BuildOptions, build, type Metafile, type Plugin} from 'esbuild';

type Outputs = Metafile['outputs'];

/** What the monitor is made of: these, and all that they import as they are loaded. */
const begins = ['src/cli.ts', 'src/commands/main.ts', 'src/commands/monitor.ts', 'src/commands/open-screen.tsx'];

/**
 * Makes one file of chunks that are loaded together, which is opened once: `modules` has them by their paths in `directory`.
 * Other ways out load these one by one.
 */
export async function writePack(directory: string, {outputs}: Metafile, options: BuildOptions): Promise<void> {
  const files = new Set<string>();
  for (const source of begins) addWithImports(outputOf(source, outputs), outputs, files);
  await build({
    ...options,
    stdin: {contents: packOf([...files], directory), resolveDir: resolve('.')},
    outfile: join(directory, 'quick/monitor.cjs'),
    bundle: true,
    format: 'cjs',
    supported: {'dynamic-import': false},
    plugins: [askedForLater],
    logLevel: 'warning',
  });
}

function outputOf(source: string, outputs: Outputs): string {
  const found = Object.keys(outputs).find(path => outputs[path]?.entryPoint === source);
  if (found === undefined) throw new Error(`${source} has no chunk of its own any more`);
  return found;
}

function addWithImports(file: string, outputs: Outputs, files: Set<string>): void {
  if (files.has(file)) return;
  for (const {path, kind, external} of outputs[file]?.imports ?? [])
    if (kind === 'import-statement' && external !== true) addWithImports(path, outputs, files);
  files.add(file);
}

function packOf(files: readonly string[], directory: string): string {
  const imports = files.map((file, at) => `import * as m${at} from ${JSON.stringify(resolve(file))};`);
  const modules = files.map((file, at) => `${JSON.stringify(relative(directory, file).replaceAll('\\', '/'))}: m${at}`);
  return `${imports.join('\n')}\nexport const modules = {${modules.join(', ')}};`;
}

const askedForLater: Plugin = {
  name: 'asked-for-later',
  setup({onResolve}) {
    onResolve({filter: /^\.\.?\//}, ({kind, path}) =>
      kind === 'dynamic-import' ? {path: `./${basename(path)}`, external: true} : undefined,
    );
  },
};
