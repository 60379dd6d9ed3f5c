import {setTimeout as pause} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import type {SettingsControl} from '../../core/services.ts';
import type {Settings} from '../../core/settings.ts';
import {createStore} from '../../core/store.ts';
import type {OwnThemes} from '../../core/themes.ts';
import {reasonOf} from '../files/private-file.ts';
import type {SettingsRead} from './check.ts';
import {changeSettings, isBroken, problemOf, readSettings, type SettingsFile} from './file.ts';
import {changedPaths, putFrom, putRaw, valueAt} from './paths.ts';
import type {KnownNames} from './schema.ts';
import {watchSettings} from './watch.ts';

export type SettingsControlOptions = {
  directory: string;
  /** What the command line says over the file. It is never written to the file. */
  override(settings: Settings): Settings;
  /** The file as it stood at the start; nothing is written until something is changed. */
  initial: SettingsFile;
  known: KnownNames;
  now?: () => number;
};
export type OpenSettings = SettingsControl & {
  /** The file as it stands, without what the command line says over it. */
  kept(): SettingsFile;
  /** From now on the file edited by hand is picked up. */
  watch(): void;
  close(): void;
};

// A file that is broken may be half written; what it is after this is what somebody saved.
const secondLookMs = 150;

/** The settings as the screen sees them: changed by keys, kept in the file, followed when the file is edited. */
export function createSettingsControl(options: SettingsControlOptions): OpenSettings {
  const {directory, override, initial, known, now = Date.now} = options;
  const store = createStore<SettingsRead & {themes: OwnThemes}>({
    settings: override(initial.settings),
    problems: initial.problems,
    themes: initial.themes,
  });
  // What the user changed while it runs: from then on the file, and no longer the command line, decides about it.
  const touched = new Set<string>();
  const unwritten = new Set<string>();
  let kept = initial;
  let queue = Promise.resolve();
  let stopWatching: (() => void) | null = null;
  let isClosed = false;

  function show(file: SettingsFile): void {
    kept = file;
    let settings = override(file.settings);
    for (const path of touched) settings = putFrom(file.settings, settings, path);
    for (const path of unwritten) settings = putFrom(store.get().settings, settings, path);
    const next = {settings, problems: file.problems, themes: file.themes};
    // Our own writing is no news.
    if (!isClosed && !isDeepStrictEqual(next, store.get())) store.set(next);
  }

  async function save(): Promise<void> {
    const paths = [...unwritten];
    const {settings} = store.get();
    if (paths.length === 0) return;
    unwritten.clear();
    try {
      const aside = await changeSettings(directory, now(), raw =>
        paths.reduce((changed, path) => putRaw(changed, path, valueAt(settings, path)), raw),
      );
      const file = await readSettings(directory, known);
      show(aside === null ? file : {...file, problems: [problemOf(`was not a JSON object; renamed to ${aside}`)]});
    } catch (error) {
      for (const path of paths) unwritten.add(path);
      const unsaved = reasonOf(error);
      const problems = store.get().problems.filter(problem => problem.unsaved === undefined);
      store.set({...store.get(), problems: [...problems, {...problemOf(`not saved: ${unsaved}`), unsaved}]});
    }
  }

  async function look(): Promise<void> {
    let file = await readSettings(directory, known);
    if (file.stamp !== kept.stamp && isBroken(file)) {
      await pause(secondLookMs, undefined, {ref: false});
      file = await readSettings(directory, known);
    }
    if (file.stamp !== kept.stamp) show(file);
  }

  return {
    store,
    kept: () => kept,
    update(change) {
      const before = store.get();
      const settings = change(before.settings);
      const changed = changedPaths(before.settings, settings);
      if (changed.length === 0) return;
      for (const path of changed) {
        touched.add(path);
        unwritten.add(path);
      }
      store.set({...before, settings});
      queue = queue.then(save);
    },
    watch() {
      stopWatching ??= watchSettings(directory, () => {
        queue = queue.then(look);
      });
    },
    close() {
      isClosed = true;
      stopWatching?.();
    },
  };
}
