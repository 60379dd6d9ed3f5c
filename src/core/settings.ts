import type {AlertSettings} from './alerts/event.ts';
import type {CustomProvider} from './custom/definition.ts';

/** What the user may set. Everything has a default; a bad value is named and ignored, never fatal. */

// Asking more often than this tells nothing new and annoys the services; less often than daily is a slip of the hand.
export const shortestIntervalSeconds = 60;
export const longestIntervalSeconds = 24 * 60 * 60;

export const themeNames = ['auto', 'dark', 'light', 'contrast', 'colour-blind', '16', 'mono'] as const;
export const languages = ['en', 'zh', 'ja'] as const;
/** Panels while all of them fit, else the table; always the one; always the other. */
export const viewNames = ['auto', 'panels', 'table'] as const;
/** By the settings, by what is used most, by what resets first, by name. */
export const sortNames = ['order', 'tightest', 'reset', 'name'] as const;
export type SortName = (typeof sortNames)[number];
export type ThemeName = (typeof themeNames)[number];
export const isBuiltIn = (theme: string): theme is ThemeName => (themeNames as readonly string[]).includes(theme);
export type Language = (typeof languages)[number];

/**
 * What one provider alone can be told, at `providers.<id>.<name>` in the file: a text, or with `kind: 'switch'` true or
 * false (false unless it is set), which the screen offers on a key.
 */
export type ProviderOption = {name: string; description: string; secret?: true; kind?: 'switch'};

export type ProviderSettings = {
  enabled: boolean;
  /** null: the provider's own default. */
  intervalSeconds: number | null;
  /** Replaces the origin of the provider's requests; null: the service itself. */
  url: string | null;
  /** What this provider alone can be told (`Provider.options`), as far as it was. */
  options: Readonly<Record<string, string | boolean>>;
};

export type Display = {
  show: 'used' | 'left';
  /** One of `themeNames`, or of a theme that the user wrote. */
  theme: string;
  language: Language | 'auto';
  privacy: boolean;
  mouse: boolean;
  ascii: boolean | 'auto';
  motion: 'auto' | 'on' | 'off';
};

/** What stands where on the screen. */
export type LayoutSettings = {
  view: (typeof viewNames)[number];
  sort: SortName;
  /** Whether the next resets stand in free room. */
  agenda: boolean;
  /** Whether the history of the focused limit does. */
  history: boolean;
  /** Ids of the providers whose quiet accounts share a row of the table. */
  folded: readonly string[];
};

export type Settings = {
  /** By provider id; a provider that is not here has the defaults. */
  providers: Record<string, ProviderSettings>;
  /** Order of the panels; providers that are not named follow in the catalogue's order. */
  order: string[];
  display: Display;
  layout: LayoutSettings;
  /** Percent used from which a window is drawn as a warning, and as critical. */
  thresholds: {warn: number; critical: number};
  /** Whether the use of limits is written down; without it, what was written is forgotten. */
  history: {enabled: boolean};
  /** What is worth an alert, when, and by which way. */
  alerts: AlertSettings;
  /** Keys by action name ('refresh': ['r']); replaces that action's default keys. */
  keys: Record<string, string[]>;
  /** Keys of accounts that the user does not want to see; they are not refreshed either. */
  hidden: string[];
  /** Providers that the user describes. */
  customProviders: readonly CustomProvider[];
  /** `sqlite`, or the address of a database that many machines share: `postgres://…`. */
  ledger: string;
  /** As other machines call this one; null: by its host name. */
  machine: string | null;
};

/**
 * A value that was ignored, and why: `display.theme: "blue" is not one of auto, dark, …`. With `unsaved` nothing was
 * ignored: it is why a change could not be written, and holds only until the program ends.
 */
export type SettingsProblem = {path: string; text: string; unsaved?: string};

export const defaultProviderSettings: ProviderSettings = {
  enabled: true,
  intervalSeconds: null,
  url: null,
  options: {},
};
export const defaultSettings: Settings = {
  providers: {},
  order: [],
  display: {
    show: 'used',
    theme: 'auto',
    language: 'auto',
    privacy: false,
    mouse: true,
    ascii: 'auto',
    motion: 'auto',
  },
  layout: {view: 'auto', sort: 'order', agenda: true, history: true, folded: []},
  thresholds: {warn: 70, critical: 90},
  history: {enabled: true},
  alerts: {
    channels: ['terminal'],
    runOut: 'normal',
    quiet: [],
    rules: [],
    thresholds: [90],
    command: [],
    webhook: null,
    ntfy: null,
  },
  keys: {},
  hidden: [],
  customProviders: [],
  ledger: 'sqlite',
  machine: null,
};

export const settingsOf = (settings: Settings, provider: string): ProviderSettings =>
  settings.providers[provider] ?? defaultProviderSettings;

/** One of a provider's own options as a text ('true', 'false' for a switch), or its `url`; undefined when it is not set. */
export function optionText(settings: Settings, provider: string, name: string): string | undefined {
  const {options, url} = settingsOf(settings, provider);
  return options[name]?.toString() ?? (name === 'url' ? (url ?? undefined) : undefined);
}

export const isOn = (settings: Settings, provider: string, option: string): boolean =>
  optionText(settings, provider, option) === 'true';

/** The providers that the settings want, in their order; those that the order does not name follow in the catalogue's. */
export function enabledProviders<T extends {id: string}>(providers: readonly T[], settings: Settings): T[] {
  const rank = (id: string): number =>
    settings.order.includes(id) ? settings.order.indexOf(id) : settings.order.length;
  return providers.filter(({id}) => settingsOf(settings, id).enabled).sort((a, b) => rank(a.id) - rank(b.id));
}
