import {isBuiltIn} from '../../core/settings.ts';
import {type OwnTheme, ownThemeName} from '../../core/themes.ts';
import {BrokenFileError, isRecord} from '../files/json-store.ts';
import {allowedIn, placeOf} from './check.ts';
import {themeSchema} from './theme-schema.ts';

/** The name, if a theme may have it. Throws a `BrokenFileError`. */
export function requireName(name: string): string {
  if (isBuiltIn(name)) throw new BrokenFileError('a built-in theme has this name; rename the file');
  if (ownThemeName.test(name)) return name;
  throw new BrokenFileError('a name has at most 32 of a–z, 0–9, - and _; rename the file');
}

/** A theme without what is not allowed in it, which is reported; takes the value apart. Throws a `BrokenFileError`. */
export function checkTheme(value: unknown, report: (place: string, why: string) => void): OwnTheme {
  if (!isRecord(value)) throw new BrokenFileError('not a JSON object');
  const {$schema: _, ...theme} = allowedIn(value, themeSchema, (path, why) => report(placeOf(path, ''), why));
  return theme;
}
