import type {Notice} from '../core/model.ts';
import type {SettingsControl} from '../core/program.ts';
import type {Settings, SettingsProblem} from '../core/settings.ts';
import {createStore} from '../core/store.ts';
import type {SettingsStore} from './settings.ts';

type Read = {settings: Settings; problems: SettingsProblem[]};
export type SettingsControlOptions = {
  directory: string;
  /** What the command line says over the file. It is never written to the file. */
  override(settings: Settings): Settings;
  onNotice(notice: Notice): void;
  /** The file as it stood at the start; nothing is written until something is changed. */
  initial: Read;
};

/** The settings as the screen sees them. The store that writes and watches the file is loaded when it is first needed. */
export function createSettingsControl(options: SettingsControlOptions): SettingsControl & {close(): void} {
  const {directory, override, initial} = options;
  const store = createStore<Read>({...initial, settings: override(initial.settings)});
  let file: Promise<SettingsStore> | null = null;
  let isClosed = false;

  // The file was edited by hand: what it says now holds, under what the command line says.
  const onChange = (settings: Settings, problems: SettingsProblem[]): void => {
    if (!isClosed) store.set({settings: override(settings), problems});
  };
  const opened = (): Promise<SettingsStore> => {
    file ??= import('./settings.ts').then(({createSettingsStore}) => createSettingsStore({directory, onChange}));
    return file;
  };
  return {
    store,
    update(change) {
      const before = store.get();
      const settings = change(before.settings);
      store.set({...before, settings});
      const kept = changes(before.settings, settings);
      void opened()
        .then(async file => {
          for (const [path, value] of kept) await file.set(path, value);
        })
        .catch((error: Error) =>
          options.onNotice({code: 'settings', text: `the settings could not be written: ${error.message}`}),
        );
    },
    close() {
      isClosed = true;
      void file?.then(opened => opened.close());
    },
  };
}

/** Only what was changed goes to the file, so that a flag of the command line is not kept by accident. */
function changes(before: Settings, after: Settings): [path: string, value: unknown][] {
  const flat = (settings: Settings): Map<string, unknown> =>
    new Map<string, unknown>([
      ['order', settings.order],
      ['hidden', settings.hidden],
      ['keys', settings.keys],
      ...Object.entries(settings.display).map(([name, value]) => [`display.${name}`, value] as const),
      ...Object.entries(settings.thresholds).map(([name, value]) => [`thresholds.${name}`, value] as const),
      ...Object.entries(settings.providers).flatMap(([id, provider]) =>
        Object.entries(provider).map(([name, value]) => [`providers.${id}.${name}`, value] as const),
      ),
    ]);
  const old = flat(before);
  return [...flat(after)].filter(([path, value]) => JSON.stringify(old.get(path)) !== JSON.stringify(value));
}
