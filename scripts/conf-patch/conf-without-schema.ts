import {fileURLToPath} from 'node:url';
import type {Plugin} from 'esbuild';

const unused = fileURLToPath(new URL('unused.js', import.meta.url));

/**
 * Leaves out what conf needs only for its options `schema` and `migrations`, which we do not use (valibot checks our files):
 * more than all the rest of conf. Only conf gets what stands in place of it, and it throws when it is used after all.
 */
export const confWithoutSchema: Plugin = {
  name: 'conf-without-schema',
  setup(build) {
    build.onResolve({filter: /^(ajv\/dist\/2020\.js|ajv-formats|semver)$/}, ({importer}) =>
      /node_modules\/conf\/dist\/source\/index\.js$/.test(importer.replaceAll('\\', '/')) ? {path: unused} : undefined,
    );
  },
};
