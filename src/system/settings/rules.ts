import {
  type Display,
  defaultProviderSettings,
  defaultSettings,
  languages,
  type ProviderSettings,
  type Settings,
  type SettingsProblem,
  themeNames,
} from '../../core/settings.ts';
import {whyNotInSettings} from '../http/origins.ts';
import {
  type Check,
  type Checks,
  fields,
  flag,
  listOf,
  numberWithin,
  oneOf,
  orNull,
  type Report,
  recordOf,
  words,
} from './checks.ts';

/** What only the rest of the program knows; with it, a provider or an action that does not exist is named too. */
export type KnownNames = {providers?: readonly string[]; actions?: readonly string[]};

// Asking more often than this tells nothing new and annoys the services; less often than daily is a slip of the hand.
export const shortestIntervalSeconds = 60;
export const longestIntervalSeconds = 24 * 60 * 60;

const interval: Check<number> = (value, path, report) => {
  const allowed = `a whole number of seconds from ${shortestIntervalSeconds} to ${longestIntervalSeconds}`;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    report(path, `must be ${allowed}`);
    return undefined;
  }
  const kept = Math.min(Math.max(value, shortestIntervalSeconds), longestIntervalSeconds);
  if (kept !== value) report(path, `${value} is not ${allowed}; using ${kept}`);
  return kept;
};

/**
 * An address that may not be used is named but kept: whoever sends requests refuses it. Were it dropped, requests would
 * go to the real service, which is what the user wanted to avoid.
 */
const endpoint: Check<string | null> = (value, path, report) => {
  if (value === null) return null;
  const address = typeof value === 'string' ? value.trim() : String(JSON.stringify(value));
  if (address === '') return null;
  const reason = whyNotInSettings(address);
  if (reason !== null) report(path, `${reason}; nothing is sent`);
  return address;
};

const provider: Checks<ProviderSettings> = {
  enabled: flag,
  intervalSeconds: orNull(interval),
  url: endpoint,
  clientId: words,
  clientSecret: words,
};
const display: Checks<Display> = {
  show: oneOf(['used', 'left']),
  theme: oneOf(themeNames),
  language: oneOf(['auto', ...languages]),
  privacy: flag,
  mouse: flag,
  ascii: oneOf([true, false, 'auto']),
  motion: oneOf(['auto', 'on', 'off']),
};
const percent = numberWithin(0, 100);

/** The file: groups of settings may be given in part. */
type Written = Omit<Settings, 'providers' | 'display' | 'thresholds'> & {
  providers: Record<string, Partial<ProviderSettings>>;
  display: Partial<Display>;
  thresholds: Partial<Settings['thresholds']>;
  $schema: string;
};

const rules = ({providers, actions}: KnownNames): Checks<Written> => ({
  $schema: words,
  providers: recordOf(fields(provider), providers),
  order: listOf(providers ? oneOf(providers) : words),
  display: fields(display),
  thresholds: fields<Settings['thresholds']>({warn: percent, critical: percent}),
  keys: recordOf(listOf(words), actions),
  hidden: listOf(words),
});

/** What the user wrote, with everything else at its default. Throws nothing; what is ignored is named. */
export function checkSettings(
  written: unknown,
  known: KnownNames = {},
): {settings: Settings; problems: SettingsProblem[]} {
  const problems: SettingsProblem[] = [];
  const report: Report = (path, why) => {
    const place = path || 'config.json';
    problems.push({path: place, text: `${place}: ${why}`});
  };
  const found = fields(rules(known))(written, '', report) ?? {};
  const withDefaults = ([id, own]: [string, Partial<ProviderSettings>]) => [id, {...defaultProviderSettings, ...own}];
  const settings: Settings = {
    providers: Object.fromEntries(Object.entries(found.providers ?? {}).map(withDefaults)),
    order: found.order ?? defaultSettings.order,
    display: {...defaultSettings.display, ...found.display},
    thresholds: consistent({...defaultSettings.thresholds, ...found.thresholds}, report),
    keys: found.keys ?? {},
    hidden: found.hidden ?? [],
  };
  return {settings, problems};
}

function consistent(thresholds: Settings['thresholds'], report: Report): Settings['thresholds'] {
  if (thresholds.warn <= thresholds.critical) return thresholds;
  const {warn, critical} = defaultSettings.thresholds;
  report(
    'thresholds',
    `warn (${thresholds.warn}) is above critical (${thresholds.critical}); using ${warn} and ${critical}`,
  );
  return {warn, critical};
}
