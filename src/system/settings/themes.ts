import {lstatSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {SettingsProblem} from '../../core/settings.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {OwnTheme, OwnThemes} from '../../core/themes.ts';
import {BrokenFileError, parseJson, readText} from '../files/json-store.ts';
import {ignoreErrors, reasonOf} from '../files/private-file.ts';
import {codeOf} from '../files/trouble.ts';
import {themesIn} from '../paths.ts';

/**
 * Themes of the user's own, `themes/<name>.json` beside the settings. They are data: colours, and nothing else. `names` has
 * those of broken ones too, which the settings may go on naming; `stamp` changes when something in the files does.
 */
export type ThemesRead = {themes: OwnThemes; names: string[]; problems: SettingsProblem[]; stamp: string};

/** A file as it was read: its theme, unless it is broken. */
type ThemeFile = {name: string; theme: OwnTheme | null; problems: SettingsProblem[]; text: string};

const mostThemes = 100;
const mostBytes = 65_536;

/** Throws nothing. */
export async function readThemes(directory: string): Promise<ThemesRead> {
  try {
    const files = filesIn(themesIn(directory));
    // Only who has themes pays for checking them.
    return files.length === 0 ? together([], []) : await readFiles(themesIn(directory), files);
  } catch (error) {
    return together([], [problemAt('themes', `cannot be read: ${reasonOf(error)}`)]);
  }
}

async function readFiles(directory: string, files: readonly string[]): Promise<ThemesRead> {
  const {checkTheme, requireName} = await import('./theme-check.ts');
  const read = files.slice(0, mostThemes).map((file): ThemeFile => {
    const problems: SettingsProblem[] = [];
    const place = `themes/${sanitize(file, 60)}`;
    const report = (within: string, why: string): void => {
      problems.push(problemAt(within === '' ? place : `${place}: ${within}`, why));
    };
    let [name, text] = ['', ''];
    try {
      name = requireName(file.slice(0, -'.json'.length));
      text = textOf(directory, name);
      return {name, text, theme: checkTheme(parseJson(text), report), problems};
    } catch (error) {
      report('', reasonOf(error));
      return {name, text, theme: null, problems};
    }
  });
  const tooMany = problemAt('themes', `has more than ${mostThemes} files; the others are ignored`);
  return together(read, files.length > mostThemes ? [tooMany] : []);
}

function together(files: readonly ThemeFile[], others: SettingsProblem[]): ThemesRead {
  const problems = [...files.flatMap(file => file.problems), ...others];
  return {
    themes: new Map(files.flatMap(({name, theme}) => (theme === null ? [] : [[name, theme]]))),
    names: files.map(({name}) => name).filter(Boolean),
    problems,
    stamp: JSON.stringify([files.map(({name, text}) => [name, text]), problems]),
  };
}

const problemAt = (path: string, why: string): SettingsProblem => ({path, text: `${path}: ${why}`});

function textOf(directory: string, name: string): string {
  const {size} = statSync(join(directory, `${name}.json`));
  if (size > mostBytes) throw new BrokenFileError('it is larger than 64 KiB');
  return readText({directory, name}) ?? '';
}

/** True where a file is elsewhere: what happens to it is not seen in the directory. */
export const hasLinks = (themes: string): boolean =>
  ignoreErrors(() => filesIn(themes).some(name => lstatSync(join(themes, name)).isSymbolicLink()), false);

function filesIn(themes: string): string[] {
  try {
    return readdirSync(themes)
      .filter(name => name.endsWith('.json') && !name.startsWith('.'))
      .sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}
