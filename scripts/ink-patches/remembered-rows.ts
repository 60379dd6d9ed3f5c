import {patch, replaced} from './patch.ts';

// Some screens of 300×100.
const mostRows = 800;

/**
 * Ink forgets with every frame what it found out about each row of it. Rows mostly stay the same; what is remembered here
 * follows from the row's text alone.
 */
export const rememberedRows = patch('remembered-rows', [
  {
    file: /ink\/build\/output\.js$/,
    edit: code => `${replaced(code, 'caches = new OutputCaches();', 'caches = remembered();')}
      let kept = new OutputCaches();
      const remembered = () => (kept.styledChars.size > ${mostRows} ? (kept = new OutputCaches()) : kept);`,
  },
  {
    file: /ink\/build\/sanitize-ansi\.js$/,
    edit: code => `${replaced(code, 'export default sanitizeAnsi;', '')}
      const known = new Map();
      export default text => {
        let sane = known.get(text);
        if (sane !== undefined) return sane;
        if (known.size > ${mostRows}) known.clear();
        known.set(text, (sane = sanitizeAnsi(text)));
        return sane;
      };`,
  },
]);
