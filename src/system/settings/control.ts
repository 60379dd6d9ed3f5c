import type {Notice} from '../../core/model.ts';
import type {SettingsControl} from '../../core/services.ts';
import {type Settings, type SettingsProblem, settingsOf} from '../../core/settings.ts';
import {createStore} from '../../core/store.ts';
import type {KnownNames} from './rules.ts';
import type {SettingsStore} from './store.ts';

type Read = {settings: Settings; problems: SettingsProblem[]};
export type SettingsControlOptions = {
  directory: string;
  /** What the command line says over the file. It is never written to the file. */
  override(settings: Settings): Settings;
  onNotice(notice: Notice): void;
  /** The file as it stood at the start; nothing is written until something is changed. */
  initial: Read;
  known: KnownNames;
};
export type OpenSettings = SettingsControl & {
  /** From now on the file edited by hand is picked up. */
  watch(): void;
  close(): void;
};

/** The settings as the screen sees them. The store that writes and watches the file is loaded when it is first needed. */
export function createSettingsControl(options: SettingsControlOptions): OpenSettings {
  const {directory, override, initial, known} = options;
  const store = createStore<Read>({...initial, settings: override(initial.settings)});
  // What the user changed while it runs: from then on the file, and no longer the command line, decides about it.
  const touched = new Set<string>();
  let file: Promise<SettingsStore> | null = null;
  let isClosed = false;

  const onChange = (settings: Settings, problems: SettingsProblem[]): void => {
    if (isClosed) return;
    store.set({settings: withPaths(override(settings), settings, [...touched]), problems});
  };
  const opened = (): Promise<SettingsStore> => {
    file ??= import('./store.ts').then(({createSettingsStore}) => createSettingsStore({directory, onChange, known}));
    return file;
  };
  const complain = (error: Error): void =>
    options.onNotice({code: 'settings', text: `the settings could not be saved: ${error.message}`});

  return {
    store,
    update(change) {
      const before = store.get();
      const settings = change(before.settings);
      const changed = changedPaths(named(before.settings, Object.keys(settings.providers)), settings);
      if (changed.length === 0) return;
      for (const path of changed) touched.add(path);
      store.set({...before, settings});
      // In one change: half of it would come back from the file as if somebody had edited it.
      void opened()
        .then(file => file.update(raw => putAll(raw, settings, changed)))
        .catch(complain);
    },
    watch() {
      void opened()
        .then(file => isClosed || file.watch())
        .catch(complain);
    },
    close() {
      isClosed = true;
      void file?.then(opened => opened.close());
    },
  };
}

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same settings with an entry for each of these providers: one that the file does not name has the defaults. */
const named = (settings: Settings, ids: readonly string[]): Settings => ({
  ...settings,
  providers: {...settings.providers, ...Object.fromEntries(ids.map(id => [id, settingsOf(settings, id)]))},
});

const providerIn = (path: string): string[] => (path.startsWith('providers.') ? path.split('.').slice(1, 2) : []);

const valueAt = (settings: Settings, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), settings);

/** `over`, with what stands in `settings` at these paths. */
function withPaths(over: Settings, settings: Settings, paths: readonly string[]): Settings {
  const ids = paths.flatMap(providerIn);
  const merged = structuredClone(named(over, ids));
  putAll(merged as unknown as Json, named(settings, ids), paths);
  return merged;
}

function putAll(raw: Json, settings: Settings, paths: readonly string[]): void {
  for (const path of paths) putInto(raw, path, valueAt(settings, path));
}

/** Makes what is missing on the way. */
function putInto(target: Json, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let record = target;
  for (const name of names) {
    const next = isRecord(record[name]) ? record[name] : {};
    record[name] = next;
    record = next;
  }
  record[last] = value;
}

/** Paths of what differs; only these go to the file, so that a flag of the command line is not kept by accident. */
function changedPaths(before: unknown, after: unknown, prefix = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isRecord(after)) return [prefix];
  const below = isRecord(before) ? before : {};
  return Object.keys(after).flatMap(name =>
    changedPaths(below[name], after[name], prefix === '' ? name : `${prefix}.${name}`),
  );
}
