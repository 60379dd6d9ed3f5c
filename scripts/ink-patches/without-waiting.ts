import {patch, replaced} from './patch.ts';

/**
 * For CommonJS, where no module can wait. Yoga's WebAssembly is compiled in place, through the hook that Emscripten has
 * for it; what else Ink waits for is its development tools.
 */
export const withoutWaiting = patch('without-waiting', [
  {
    file: /ink\/build\/reconciler\.js$/,
    edit: code =>
      replaced(replaced(code, "await import('./devtools.js')", ''), 'await loadPackageJson()', 'packageInfo'),
  },
  {file: /yoga-layout\/dist\/src\/index\.js$/, edit: code => replaced(code, 'await loadYoga()', 'loadYoga()')},
  {
    file: /yoga-wasm-base64-esm\.js$/,
    edit: code =>
      replaced(
        replaced(code, 'loadYoga = loadYoga || {};', `loadYoga = {instantiateWasm: ${instantiate}};`),
        'return loadYoga.ready',
        'return loadYoga',
      ),
  },
]);

// H is where Emscripten keeps the address of its bytes.
const instantiate = `(imports, receive) => {
  const bytes = Buffer.from(H.slice(H.indexOf(',') + 1), 'base64');
  receive(new WebAssembly.Instance(new WebAssembly.Module(bytes), imports));
  return {};
}`;
