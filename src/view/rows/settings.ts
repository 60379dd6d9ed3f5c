import type {ProviderInfo} from '../../core/services.ts';
import {
  type Display,
  type LayoutSettings,
  languages,
  type Settings,
  settingsOf,
  sortNames,
  viewNames,
} from '../../core/settings.ts';
import {allThemes} from '../../core/themes.ts';
import {interval} from '../format/time.ts';
import {stringsFor} from '../strings/index.ts';
import {themeText} from '../theme/name.ts';
import type {SettingChange, SettingRow, SettingsInput} from './setting-row.ts';
import {switchRows, withProvider} from './switches.ts';

/** Every row, in the order in which they are drawn. */
export const settingRows = (input: SettingsInput): SettingRow[] => [
  ...orderedProviders(input).map(info => providerRow(info, input)),
  ...input.catalogue.flatMap(info => switchRows(info, input)),
  ...displayRows(input),
  ...layoutRows(input),
];

/** The order of the settings; providers that are not named follow in the catalogue's order. */
function orderedProviders({settings, catalogue}: Pick<SettingsInput, 'settings' | 'catalogue'>): ProviderInfo[] {
  const named = settings.order.flatMap(id => catalogue.find(info => info.id === id) ?? []);
  return [...named, ...catalogue.filter(info => !named.includes(info))];
}

const intervals = [60, 90, 120, 180, 300, 600, 900, 1800, 3600, 7200] as const;

/** The next longer or shorter interval, never below the provider's floor; null for the provider's own, which is a step too. */
export function nextInterval(settings: Settings, info: ProviderInfo, by: 1 | -1): number | null {
  const {default: own, floor} = info.intervalSeconds;
  const current = settingsOf(settings, info.id).intervalSeconds ?? own;
  const steps = [...new Set([...intervals, own])].sort((a, b) => a - b);
  const next = by > 0 ? steps.find(each => each > current) : steps.findLast(each => each < current);
  const seconds = Math.max(floor, next ?? current);
  return seconds === own ? null : seconds;
}

function providerRow(info: ProviderInfo, {settings, strings}: SettingsInput): SettingRow {
  const own = settingsOf(settings, info.id);
  const said = interval(own.intervalSeconds ?? info.intervalSeconds.default, strings);
  const every = own.intervalSeconds === null ? strings.settings.intervalDefault(said) : said;
  return {
    label: info.name,
    value: own.enabled ? `${strings.settings.enabled} · ${every}` : strings.settings.disabled,
    short: own.enabled ? `${strings.settings.enabled} · ${said}` : strings.settings.disabled,
    provider: info.id,
    off: !own.enabled,
    change: by => ({
      settings: before => withProvider(before, info.id, {intervalSeconds: nextInterval(before, info, by)}),
    }),
  };
}

/** The row's provider one place up or down. */
export function moved(input: Pick<SettingsInput, 'settings' | 'catalogue'>, provider: string, by: 1 | -1): Settings {
  const order = orderedProviders(input).map(info => info.id);
  const from = order.indexOf(provider);
  const to = Math.max(0, Math.min(order.length - 1, from + by));
  order.splice(to, 0, ...order.splice(from, 1));
  return {...input.settings, order};
}

function displayRows({settings, display, strings, themes}: SettingsInput): SettingRow[] {
  const words = strings.settings;
  const choice = choiceOf(display, change => ({display: change}));
  const said = (value: boolean | 'auto' | 'on' | 'off'): string =>
    value === 'auto' ? words.auto : value === true || value === 'on' ? words.on : words.off;
  return [
    threshold('warn', words.warn, settings),
    threshold('critical', words.critical, settings),
    choice(words.theme, 'theme', allThemes(themes), themeText(display.theme, strings)),
    choice(
      words.language,
      'language',
      ['auto', ...languages],
      display.language === 'auto' ? words.auto : stringsFor(display.language).name,
    ),
    choice(words.show, 'show', ['used', 'left'], strings.states[display.show]),
    choice(words.mouse, 'mouse', [true, false], said(display.mouse)),
    choice(words.privacy, 'privacy', [false, true], said(display.privacy)),
    choice(words.ascii, 'ascii', ['auto', true, false], said(display.ascii)),
    choice(words.motion, 'motion', ['auto', 'on', 'off'], said(display.motion)),
  ];
}

function layoutRows({settings: {layout}, strings: {settings: words}}: SettingsInput): SettingRow[] {
  const choice = choiceOf(layout, change => ({layout: change}));
  return [
    choice(words.view, 'view', viewNames, words.views[layout.view]),
    choice(words.sort, 'sort', sortNames, words.sorts[layout.sort]),
    choice(words.agenda, 'agenda', [true, false], layout.agenda ? words.on : words.off),
    choice(words.history, 'history', [true, false], layout.history ? words.on : words.off),
  ];
}

/** Rows of a group of settings that go through the values of one of them. */
const choiceOf =
  <Group extends Display | LayoutSettings>(group: Group, changeOf: (change: Partial<Group>) => SettingChange) =>
  <Name extends keyof Group>(label: string, name: Name, values: readonly Group[Name][], value: string): SettingRow => {
    const at = values.indexOf(group[name]);
    return {
      label,
      value,
      change: by => changeOf({[name]: values[(at + by + values.length) % values.length]} as unknown as Partial<Group>),
    };
  };

const step = 5;

function threshold(name: 'warn' | 'critical', label: string, settings: Settings): SettingRow {
  return {
    label,
    value: `${settings.thresholds[name]}%`,
    change: by => ({settings: before => ({...before, thresholds: movedThreshold(before.thresholds, name, by * step)})}),
  };
}

/** Warning stays below critical, and both between 5 and 100. */
function movedThreshold(before: Settings['thresholds'], name: 'warn' | 'critical', by: number): Settings['thresholds'] {
  const [least, most] = name === 'warn' ? [step, before.critical - step] : [before.warn + step, 100];
  // What the file holds between two steps is left to the nearer one, so that the default is always among them.
  const next = by > 0 ? Math.floor(before[name] / step) * step + step : Math.ceil(before[name] / step) * step - step;
  return {...before, [name]: Math.max(least, Math.min(most, next))};
}
