import {patch} from './patch.ts';

// As components/rows-text.tsx names them.
const used = new Set(['dots', 'line']);

/** Of ninety spinners two are used; each start would read them all. */
export const ownSpinners = patch('own-spinners', [
  {
    file: /cli-spinners\/spinners\.json$/,
    edit: code => {
      const all = Object.entries(JSON.parse(code) as Record<string, unknown>);
      return `module.exports = ${JSON.stringify(Object.fromEntries(all.filter(([name]) => used.has(name))))};`;
    },
  },
]);
