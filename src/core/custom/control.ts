import type {Failure} from '../model.ts';
import type {Binding} from './binding.ts';
import type {CustomProvider} from './definition.ts';
import type {presetNames} from './preset-names.ts';
import type {SavedBody, Trial} from './trial.ts';

export type PresetName = (typeof presetNames)[number];

/** One entry of `customProviders`; `definition` is null where it is broken. `id` is empty where it has none. */
export type CustomEntry = {id: string; definition: CustomProvider | null; problems: readonly string[]};

/** `off`: why none of them is used. */
export type CustomEntries = {entries: readonly CustomEntry[]; problems: readonly string[]; off: string | null};

/** Null where there is nothing to trust, or no credential is needed or may be looked at. */
export type CustomStatus = {trusted: boolean | null; credential: boolean | null; problems: readonly string[]};

export type Preset = {
  name: PresetName;
  title: string;
  /** Its address is one's own: the example in its place. */
  address: string | null;
};

export type TestOptions = {timeoutMs: number; secret?: string; isAgreed?: true; preset?: PresetName};

/** Providers that the user describes, for those who write, try and trust them: on the command line and on the screen. */
export type CustomControl = {
  /** What config.json has now. Throws nothing. */
  entries(): CustomEntries;
  /** The settings' own check of a definition that may stand nowhere yet. */
  check(written: unknown): CustomEntry;
  status(definition: CustomProvider): Promise<CustomStatus>;
  /** What has to be agreed to; null for nothing. */
  bindingOf(definition: CustomProvider): Binding | null;
  /** Rejects with what the file system says, as `untrust` does. */
  trust(definition: CustomProvider): Promise<void>;
  /** False when it was not trusted. */
  untrust(id: string): Promise<boolean>;
  /** Why nothing is sent or run; null when that may be. */
  refusalOf(definition: CustomProvider): Promise<Failure | null>;
  /**
   * One request or run, which is written down nowhere; none where the service asked to wait. `secret`: one that is not
   * stored yet, for a definition that takes what `login` stores. `isAgreed`: the user has seen what will be sent or run, and
   * said yes to this one time. `preset`: the one whose program it runs, which may not be in its place yet.
   */
  test(definition: CustomProvider, options: TestOptions): Promise<Trial>;
  /** The same with a body that was kept: nothing is sent or run. */
  testSaved(definition: CustomProvider, saved: SavedBody): Promise<Trial>;
  presets(): readonly Preset[];
  /** A preset as an entry of the settings, at this address in place of its own. */
  preset(name: PresetName, address: string | null): CustomEntry & {written: object};
  /** Writes a definition into config.json, with its program where a preset brings one. Rejects with a line for the user. */
  add(written: unknown, preset?: PresetName): Promise<void>;
};
