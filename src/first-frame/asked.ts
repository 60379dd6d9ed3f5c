import {type Display, type Language, languages, type ThemeName, themeNames} from '../core/settings.ts';

/** What the command line says of a screen, over the settings. */
export type AskedScreen = {noColor: boolean; ascii: boolean; display: Partial<Display>};

const switches: Readonly<Record<string, Partial<AskedScreen>>> = {
  '--no-color': {noColor: true},
  '--ascii': {ascii: true, display: {ascii: true}},
  '--no-mouse': {display: {mouse: false}},
  '--privacy': {display: {privacy: true}},
};

/** null for everything else: then it is for the parser to say what is meant. */
export function askedScreen(argv: readonly string[]): AskedScreen | null {
  let asked: AskedScreen = {noColor: false, ascii: false, display: {}};
  const words = argv.flatMap(word => (/^--(?:theme|lang)=/.test(word) ? splitAt(word, word.indexOf('=')) : [word]));
  while (words.length > 0) {
    const more = flagAt(words);
    if (more === null) return null;
    asked = {...asked, ...more, display: {...asked.display, ...more.display}};
  }
  return asked;
}

const splitAt = (word: string, at: number): string[] => [word.slice(0, at), word.slice(at + 1)];

/** Takes one flag off the front. */
function flagAt(words: string[]): Partial<AskedScreen> | null {
  const word = words.shift() ?? '';
  if (Object.hasOwn(switches, word)) return switches[word] ?? null;
  const value = words.shift();
  if (word === '--theme' && isTheme(value)) return {display: {theme: value}};
  return word === '--lang' && isLanguage(value) ? {display: {language: value}} : null;
}

const isTheme = (value: string | undefined): value is ThemeName => themeNames.some(name => name === value);
const isLanguage = (value: string | undefined): value is Language => languages.some(name => name === value);
