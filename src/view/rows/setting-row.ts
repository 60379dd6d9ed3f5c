import type {ProviderInfo} from '../../core/services.ts';
import type {Display, LayoutSettings, Settings} from '../../core/settings.ts';
import type {OwnThemes} from '../../core/themes.ts';
import type {Strings} from '../strings/index.ts';

/** What a change of a row leads to: display values apart, because the command line may have overridden them. */
export type SettingChange =
  | {display: Partial<Display>}
  | {layout: Partial<LayoutSettings>}
  | {settings: (before: Settings) => Settings};
export type SettingRow = {
  label: string;
  value: string;
  /** The same where there is less room. */
  short?: string;
  /** Set on the rows that can be moved and switched off. */
  provider?: string;
  off?: boolean;
  change(by: 1 | -1): SettingChange;
};

export type SettingsInput = {
  settings: Settings;
  display: Display;
  catalogue: readonly ProviderInfo[];
  strings: Strings;
  themes: OwnThemes;
};
