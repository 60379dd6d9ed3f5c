import {patch} from './patch.ts';

/** Yoga decodes its WebAssembly with `fetch('data:…')`, which would load a whole HTTP client at every start. */
export const yogaWithoutFetch = patch('yoga-without-fetch', [
  {file: /yoga-wasm-base64-esm\.js$/, edit: code => `const fetch = undefined;\n${code}`},
]);
