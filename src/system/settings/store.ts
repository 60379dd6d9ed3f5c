import {setTimeout as pause} from 'node:timers/promises';
import {defaultSettings, type Settings, type SettingsProblem} from '../../core/settings.ts';
import {reasonOf} from '../files/private-file.ts';
import {watchFile} from '../files/watch-file.ts';
import {isRecord} from './checks.ts';
import {changeSettingsFile, type RawSettings, readSettingsText, type SettingsText, settingsPath} from './file.ts';
import {checkSettings, type KnownNames} from './rules.ts';

export type SettingsRead = {settings: Settings; problems: SettingsProblem[]};

/** The settings as `config.json` has them now. Plain and quick, for the first frame. Throws nothing. */
export function readSettings(configDirectory: string, known: KnownNames = {}): SettingsRead {
  return interpret(readSettingsText(configDirectory), known);
}

function interpret({value, problems}: SettingsText, known: KnownNames): SettingsRead {
  if (value === undefined) return {settings: defaultSettings, problems};
  const checked = checkSettings(value, known);
  return {settings: checked.settings, problems: [...problems, ...checked.problems]};
}

export type SettingsStoreOptions = {
  directory: string;
  /** Told of every change: by `set` and `update` at once, by somebody's editor while `watch` is on. */
  onChange(settings: Settings, problems: SettingsProblem[]): void;
  known?: KnownNames;
  now?: () => number;
};

export type SettingsStore = {
  current(): SettingsRead;
  /** `set('display.theme', 'dark')`; undefined takes the setting out. See `update`. */
  set(path: string, value: unknown): Promise<void>;
  /**
   * Changes what the user wrote; what this program does not know stays in the file. `onChange` is called before this
   * returns; the promise ends when the file is written. It never rejects: what could not be saved is a problem, and
   * holds until the program ends. `change` may be called more than once, on different objects.
   */
  update(change: (raw: RawSettings) => void): Promise<void>;
  /** From now on the file edited by hand is picked up. */
  watch(): void;
  close(): void;
};

// A file that is broken may be half written; what it is after this is what somebody saved.
const secondLookMs = 150;

/** The settings for a program that stays: changed by keys, kept in the file, followed when the file is edited. */
export function createSettingsStore(options: SettingsStoreOptions): SettingsStore {
  const {directory, onChange, known = {}, now = Date.now} = options;
  let latest = readSettingsText(directory);
  let current = interpret(latest, known);
  let queue = Promise.resolve();
  let unsaved = 0;
  let stopWatching: (() => void) | null = null;

  function show(next: SettingsText): void {
    latest = next;
    current = interpret(next, known);
    onChange(current.settings, current.problems);
  }

  async function save(change: (raw: RawSettings) => void): Promise<void> {
    try {
      const written = await changeSettingsFile(directory, now(), change);
      unsaved -= 1;
      if (unsaved === 0) accept(written);
    } catch (error) {
      unsaved -= 1;
      const why = reasonOf(error);
      show({...latest, problems: [{path: 'config.json', text: `config.json: not saved: ${why}`, unsaved: why}]});
    }
  }

  /** What is in the file after our own writing: news only when somebody else wrote as well. */
  function accept(written: SettingsText): void {
    const isNews = written.problems.length > 0 || JSON.stringify(written.value) !== JSON.stringify(latest.value);
    if (isNews) show(written);
    else latest = written;
  }

  async function look(): Promise<void> {
    let found = readSettingsText(directory);
    if (found.value === undefined && found.text !== latest.text) {
      await pause(secondLookMs, undefined, {ref: false});
      found = readSettingsText(directory);
    }
    // While something is unsaved, the file is behind what is shown.
    if (unsaved === 0 && stopWatching && found.text !== latest.text) show(found);
  }

  function update(change: (raw: RawSettings) => void): Promise<void> {
    const value = structuredClone(asRecord(latest.value));
    change(value);
    unsaved += 1;
    show({text: latest.text, value, problems: []});
    queue = queue.then(() => save(change));
    return queue;
  }

  return {
    current: () => current,
    set: (path, value) => update(raw => setAt(raw, path.split('.'), value)),
    update,
    watch() {
      stopWatching ??= watchFile(settingsPath(directory), () => void look());
    },
    close() {
      stopWatching?.();
      stopWatching = null;
    },
  };
}

const asRecord = (value: unknown): RawSettings => (isRecord(value) ? value : {});

/** Whatever stands in the way of the path and is no object is replaced. */
function setAt(raw: RawSettings, [name, ...rest]: string[], value: unknown): void {
  if (name === undefined) return;
  if (rest.length > 0) {
    const inner = Object.hasOwn(raw, name) ? asRecord(raw[name]) : {};
    setAt(inner, rest, value);
    put(raw, name, inner);
  } else if (value === undefined) delete raw[name];
  else put(raw, name, value);
}

// As an own property, whatever its name.
const put = (raw: RawSettings, name: string, value: unknown) =>
  Object.defineProperty(raw, name, {value, writable: true, enumerable: true, configurable: true});
