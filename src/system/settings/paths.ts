import {type Settings, settingsOf} from '../../core/settings.ts';
import {isRecord, type Json} from '../files/json-store.ts';

/** Places of settings: `display.theme`, `providers.zai.enabled`. */

const asRecord = (value: unknown): Json => (isRecord(value) ? value : {});

const at = (value: unknown, [name, ...rest]: readonly string[]): unknown =>
  name === undefined ? value : at(asRecord(value)[name], rest);

const putAt = (value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown =>
  name === undefined ? to : {...asRecord(value), [name]: putAt(asRecord(value)[name], rest, to)};

/** A copy of what stands in the file, with another value in this place; whatever is in its way and is no object is replaced. */
export const putRaw = (raw: Json, path: string, value: unknown): Json =>
  // In the file a provider's own options stand beside the others.
  putAt(raw, path.replace(/^(providers\.[^.]+)\.options\./, '$1.').split('.'), value) as Json;

/** A copy with the value that other settings have in this place. */
export function putFrom(other: Settings, settings: Settings, path: string): Settings {
  const names = path.split('.');
  const [group, id] = names;
  const whole = group === 'providers' && id ? putAt(settings, [group, id], settingsOf(settings, id)) : settings;
  return putAt(whole, names, valueAt(other, path)) as Settings;
}

/** Of a provider that the settings do not name: its default. */
export function valueAt(settings: Settings, path: string): unknown {
  const names = path.split('.');
  const [group, id, ...rest] = names;
  return group === 'providers' && id !== undefined ? at(settingsOf(settings, id), rest) : at(settings, names);
}

/** Places of what differs; only these go to the file, so that a flag of the command line is not kept by accident. */
export const changedPaths = (before: Settings, after: Settings): string[] =>
  Object.entries(after).flatMap(([name, value]) => changedBelow(name, value, before));

function changedBelow(path: string, value: unknown, before: Settings): string[] {
  if (JSON.stringify(value) === JSON.stringify(valueAt(before, path))) return [];
  if (!isRecord(value)) return [path];
  return Object.entries(value).flatMap(([name, item]) => changedBelow(`${path}.${name}`, item, before));
}
