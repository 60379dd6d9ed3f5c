import {alertNames, channelNames, runOutNames} from '../core/alerts/event.ts';
import type {CustomProvider} from '../core/custom/definition.ts';
import {defaultSettings, languages, type Settings, sortNames, themeNames, viewNames} from '../core/settings.ts';
import {shapeOf} from '../core/text/shape.ts';

/**
 * The settings as a report may carry them: switches, numbers and words that the program itself knows. Every other text is
 * somebody's own (an address, a name, a secret) and shows only that it is there.
 */
export function safeSettings(settings: Settings, vocabulary: readonly string[]): unknown {
  const {customProviders, ...rest} = settings;
  const known = new Set([...ourWords, ...vocabulary]);
  return {...(safe(rest, known) as object), customProviders: customProviders.map(definitionShape)};
}

const ourWords = [
  ...[...themeNames, ...languages, ...viewNames, ...sortNames, ...alertNames, ...channelNames, ...runOutNames],
  ...['auto', 'on', 'off', 'used', 'left', 'sqlite'],
];

/** Which part of the settings a problem is in. */
export function partOfSettings(path: string): string {
  const [part = ''] = path.split(/[^a-zA-Z]/);
  return part in defaultSettings || part === 'config' || part === 'themes' ? part : '<key>';
}

const keysIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, each]) => [key, ...keysIn(each)])
    : [];
const ourKeys = new Set([
  ...keysIn(defaultSettings),
  ...['enabled', 'intervalSeconds', 'url', 'options', 'provider', 'window', 'events'],
]);

const ownText = '<text>';
// A span of the day; a key of the keyboard.
const isHarmless = (text: string): boolean =>
  /^\d\d:\d\d-\d\d:\d\d$/.test(text) ||
  /^(?:(?:ctrl|alt|shift)\+)*(?:\S|enter|tab|space|esc|up|down|left|right)$/.test(text);

function safe(value: unknown, known: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return known.has(value) || isHarmless(value) ? value : ownText;
  if (Array.isArray(value)) return value.map(each => safe(each, known));
  if (typeof value !== 'object' || value === null) return value;
  const keyOf = (key: string): string => (ourKeys.has(key) || known.has(key) ? key : '<key>');
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [keyOf(key), safe(each, known)]));
}

const definitionShape = (definition: CustomProvider): string => shapeOf(definition, 8);
