import {existsSync} from 'node:fs';
import {pathOf} from '../files/json-store.ts';
import {watchDirectory, watchFile} from '../files/watch-file.ts';
import {themesIn} from '../paths.ts';
import {hasLinks} from './themes.ts';

/** Calls `onStir` when something may have happened to config.json or to a theme. Returns what ends it; throws nothing. */
export function watchSettings(directory: string, onStir: () => void): () => void {
  const themes = themesIn(directory);
  let stopThemes: (() => void) | undefined;
  // A directory of themes that comes later is seen in the one around it.
  const watchThemes = (): void => {
    if (existsSync(themes)) stopThemes ??= watchDirectory(themes, () => hasLinks(themes), onStir);
  };
  const stopFile = watchFile(pathOf({directory, name: 'config'}), () => {
    watchThemes();
    onStir();
  });
  watchThemes();
  return () => {
    stopFile();
    stopThemes?.();
  };
}
