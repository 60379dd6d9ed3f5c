import {setTimeout as pause} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import type {SettingsControl} from '../../core/services.ts';
import type {Settings} from '../../core/settings.ts';
import {createStore} from '../../core/store.ts';
import {pathOf} from '../files/json-store.ts';
import {reasonOf} from '../files/private-file.ts';
import {watchFile} from '../files/watch-file.ts';
import type {SettingsRead} from './check.ts';
import {changeSettings, problemOf, readSettings, type SettingsFile} from './file.ts';
import {changedPaths, putFrom, putRaw, valueAt} from './paths.ts';
import type {KnownNames} from './schema.ts';

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
  /** From now on the file edited by hand is picked up. */
  watch(): void;
  close(): void;
};

// A file that is broken may be half written; what it is after this is what somebody saved.
const secondLookMs = 150;

/** The settings as the screen sees them: changed by keys, kept in the file, followed when the file is edited. */
export function createSettingsControl(options: SettingsControlOptions): OpenSettings {
  const {directory, override, initial, known, now = Date.now} = options;
  const store = createStore<SettingsRead>({settings: override(initial.settings), problems: initial.problems});
  // What the user changed while it runs: from then on the file, and no longer the command line, decides about it.
  const touched = new Set<string>();
  const unwritten = new Set<string>();
  let {text} = initial;
  let queue = Promise.resolve();
  let stopWatching: (() => void) | null = null;
  let isClosed = false;

  function show(file: SettingsFile): void {
    text = file.text;
    let settings = override(file.settings);
    for (const path of touched) settings = putFrom(file.settings, settings, path);
    for (const path of unwritten) settings = putFrom(store.get().settings, settings, path);
    const next = {settings, problems: file.problems};
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
    if (file.text !== text && file.problems.some(({path}) => path === problemOf('').path)) {
      await pause(secondLookMs, undefined, {ref: false});
      file = await readSettings(directory, known);
    }
    if (file.text !== text) show(file);
  }

  return {
    store,
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
      stopWatching ??= watchFile(pathOf({directory, name: 'config'}), () => {
        queue = queue.then(look);
      });
    },
    close() {
      isClosed = true;
      stopWatching?.();
    },
  };
}
