// Whole families, whose entries in terminfo have no colours.
const families = [
  '(?:dumb|unknown|network|dialup|switch|lpr|printer|emacs|eterm|rxvt-basic)$',
  // `vt100+` is Microsoft's, with colours.
  '(?:dec-)?vt-?\\d(?!00\\+$)',
  'xterm(?:[ms]|-mono|-r[56]|-old|-bold|-24|-vt52)$',
  'ansi(?:-generic|-mini|-mr|-mtabs|-nt|term)$',
  '(?:sun|mach)(?:$|[-\\d])',
  'wy(?:se)?-?(?!350|370)\\d',
  '(?:adm|att(?!6386)|h1|tvi)\\d',
  'hp\\d(?!397)',
  // The monochrome screen of a family that has colours.
  '\\S+-(?:mono|m|m1b|m2)$',
];
const monochrome = new RegExp(`^(?:screen(?:-bce)?\\.)?(?:${families.join('|')})`);
const coloured = /color|direct/;

/** True of a terminal that has no colours by its name (`TERM`), whatever else the environment says of it. */
export const isMonochrome = (term: string): boolean => monochrome.test(term) && !coloured.test(term);
