import * as v from 'valibot';
import {
  longestIntervalSeconds,
  type ProviderSettings,
  type Settings,
  type SettingsProblem,
  shortestIntervalSeconds,
} from '../../core/settings.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord} from '../files/json-store.ts';
import {whyNotInSettings} from '../http/origins.ts';
import {checkCustom} from './custom-check.ts';
import {allowedInterval, type KnownNames, settingsSchema, type WrittenProvider} from './schema.ts';

export type SettingsRead = {settings: Settings; problems: SettingsProblem[]};

type Path = PropertyKey[];
export type Report = (path: Path, why: string) => void;

/** What the user wrote, with everything else at its default; takes the given value apart. Throws nothing; what is ignored is named. */
export function checkSettings(written: unknown, known: KnownNames): SettingsRead {
  const problems: SettingsProblem[] = [];
  const report: Report = (path, why) => {
    const place = placeOf(path, 'config.json');
    problems.push({path: place, text: `${place}: ${why}`});
  };
  const {customProviders, ...ordinary} = isRecord(written) ? written : {customProviders: undefined};
  const builtIn = known.providers.map(({id}) => id);
  const {definitions, ids} = checkCustom(customProviders, builtIn, report);
  const schema = settingsSchema({...known, custom: ids});
  const {$schema: _, providers, ...others} = allowedIn(isRecord(written) ? ordinary : written, schema, report);
  const entries = Object.entries(providers).map(([id, own]) => [id, settled(id, own, report)]);
  const settings = {...others, customProviders: definitions, providers: Object.fromEntries(entries)};
  return {settings, problems};
}

/** `providers.zai.url`, `order[1]`; the file's name for the whole. */
export const placeOf = (path: Path, whole: string): string =>
  path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : `${place && `${place}.`}${sanitize(String(key), 40)}`,
    '',
  ) || whole;

/** What the schema makes of a value when everything that it refuses is left out, each of which is reported once. */
export function allowedIn<T>(value: unknown, schema: v.GenericSchema<unknown, T>, report: Report): T {
  let rest = value;
  for (;;) {
    const {success, issues, output} = v.safeParse(schema, rest);
    if (success) return output;
    const refused = new Map<string, Path>();
    for (const {path = [], message} of issues) {
      const keys = path.map(({key}) => key as PropertyKey);
      const place = JSON.stringify(keys);
      if (refused.has(place)) continue;
      refused.set(place, keys);
      report(keys, message);
    }
    rest = without(rest, [...refused.values()]);
  }
}

function without(value: unknown, paths: readonly Path[]): unknown {
  if (paths.some(({length}) => length === 0)) return {};
  const lists = new Set<unknown[]>();
  for (const path of paths) {
    const parent = path.slice(0, -1).reduce((at, key) => Reflect.get(at, key), value as object);
    Reflect.deleteProperty(parent, path.at(-1) ?? '');
    if (Array.isArray(parent)) lists.add(parent);
  }
  for (const list of lists) closeGaps(list);
  return value;
}

function closeGaps(list: unknown[]): void {
  let length = 0;
  // Passes over the gaps.
  list.forEach(item => {
    list[length] = item;
    length += 1;
  });
  list.length = length;
}

/**
 * An interval out of range becomes the nearest one. An address that may not be used is named but kept: whoever sends requests
 * refuses it. Were it dropped, requests would go to the real service, which is what the user wanted to avoid.
 */
function settled(
  id: string,
  {enabled, intervalSeconds, url, ...options}: WrittenProvider,
  report: Report,
): ProviderSettings {
  const path = ['providers', id];
  const reason = url === null ? null : whyNotInSettings(url);
  if (reason !== null) report([...path, 'url'], `${reason}; nothing is sent`);
  const seconds =
    intervalSeconds === null
      ? null
      : Math.min(Math.max(intervalSeconds, shortestIntervalSeconds), longestIntervalSeconds);
  if (seconds !== intervalSeconds)
    report([...path, 'intervalSeconds'], `${intervalSeconds} is not ${allowedInterval}; using ${seconds}`);
  return {enabled, intervalSeconds: seconds, url, options: options as ProviderSettings['options']};
}
