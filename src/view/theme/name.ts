import {isBuiltIn} from '../../core/settings.ts';
import type {Strings} from '../strings/index.ts';

/** What a theme is called: the user's own by the name of its file. */
export const themeText = (name: string, {settings}: Strings): string =>
  isBuiltIn(name) ? settings.themes[name] : name;
