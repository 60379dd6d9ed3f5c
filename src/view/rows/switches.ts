import type {ProviderInfo} from '../../core/services.ts';
import {isOn, type ProviderOption, type Settings, settingsOf} from '../../core/settings.ts';
import type {Strings} from '../strings/index.ts';
import type {SettingRow, SettingsInput} from './setting-row.ts';

/** What a provider alone can be told to do or not to do (`ProviderOption` of kind 'switch'). */

export const withProvider = (
  settings: Settings,
  id: string,
  change: Partial<ReturnType<typeof settingsOf>>,
): Settings => ({
  ...settings,
  providers: {...settings.providers, [id]: {...settingsOf(settings, id), ...change}},
});

export const withOption = (settings: Settings, id: string, name: string, on: boolean): Settings =>
  withProvider(settings, id, {options: {...settingsOf(settings, id).options, [name]: on}});

export const optionLabel = (id: string, {name}: ProviderOption, {options}: Strings): string =>
  options?.[`${id}/${name}`] ?? name;

/** What a provider alone can be told: 'Acme: archive   off'. */
export function switchRows(
  info: ProviderInfo,
  {settings, strings}: Pick<SettingsInput, 'settings' | 'strings'>,
): SettingRow[] {
  const switches = info.options?.filter(({kind}) => kind === 'switch') ?? [];
  return switches.map(option => ({
    label: `${info.name}: ${optionLabel(info.id, option, strings)}`,
    value: isOn(settings, info.id, option.name) ? strings.settings.on : strings.settings.off,
    change: () => ({
      settings: before => withOption(before, info.id, option.name, !isOn(before, info.id, option.name)),
    }),
  }));
}
