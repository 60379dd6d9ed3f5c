import * as v from 'valibot';
import {nearest} from '../../core/text/nearest.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord, type Json} from '../files/json-store.ts';

/**
 * What a file of settings is made of, with messages for the user: each is the end of a sentence that begins with the place of
 * the value. It quotes a text only where one of a few words should be: any other may be a secret.
 */

type Found = {input: unknown};
type Shape<T> = v.GenericSchema<unknown, T>;

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'an object';
  if (typeof value !== 'string') return String(value);
  return value === '' ? 'an empty string' : 'a string';
}

const mustBe = (what: string) => (found: Found) => `must be ${what}, not ${kindOf(found.input)}`;

function orNearest(why: string, word: unknown, words: readonly string[]): string {
  const near = typeof word === 'string' ? nearest(word, words) : undefined;
  return near === undefined ? why : `${why}; did you mean "${near}"?`;
}
const isNoSetting = (word: string, words: readonly string[]) => orNearest('is not a setting', word, words);
export const isNoneOf = (word: unknown, words: readonly string[]): string =>
  orNearest(`is not one of ${words.join(', ')}`, word, words);
const notOneOf = (words: readonly string[]) => (found: Found) =>
  `${typeof found.input === 'string' ? `"${sanitize(found.input, 40)}"` : kindOf(found.input)} ${isNoneOf(found.input, words)}`;

export const flag = v.boolean(mustBe('true or false'));
export const text = v.pipe(v.string(mustBe('a string')), v.nonEmpty(mustBe('a string')));
export const oneOf = <const T extends string>(words: readonly T[]) => v.picklist(words, notOneOf(words));
export const flagOr = <const T extends string>(word: T) =>
  v.union([v.boolean(), v.literal(word)], notOneOf(['true', 'false', word]));
export const record = v.custom<Json>(isRecord, mustBe('an object'));

export function numberWithin(least: number, most: number) {
  const why = mustBe(`a number from ${least} to ${most}`);
  return v.pipe(v.number(why), v.minValue(least, why), v.maxValue(most, why));
}

/** An object with these entries alone. valibot itself takes a list for one, and passes over names such as __proto__. */
export const object = <const T extends v.ObjectEntries>(entries: T, why = isNoSetting) =>
  v.pipe(
    record,
    v.rawCheck(({dataset, addIssue}) => {
      const input = dataset.typed ? dataset.value : {};
      for (const [key, value] of Object.entries(input))
        if (!Object.hasOwn(entries, key))
          addIssue({
            message: why(key, Object.keys(entries)),
            path: [{type: 'object', origin: 'key', input, key, value}],
          });
    }),
    v.strictObject(entries),
  );

/** Entries of an object that may be left out; then the default holds. */
export const withDefaults = <T extends object>(defaults: T, shapes: {[K in keyof T]-?: Shape<T[K]>}) => {
  const names = Object.keys(shapes) as (keyof T)[];
  const entries = names.map(name => [name, v.optional<Shape<unknown>, unknown>(shapes[name], defaults[name])]);
  return Object.fromEntries(entries) as {[K in keyof T]-?: v.OptionalSchema<Shape<T[K]>, T[K]>};
};

export const listOf = <T>(item: Shape<T>) =>
  v.pipe(
    v.array(item, mustBe('a list')),
    v.rawCheck(({dataset, addIssue}) => {
      const input: unknown[] = Array.isArray(dataset.value) ? dataset.value : [];
      const seen = new Set<unknown>();
      for (const [key, value] of input.entries()) {
        if (seen.has(value))
          addIssue({message: 'is in the list twice', path: [{type: 'array', origin: 'value', input, key, value}]});
        seen.add(value);
      }
    }),
    v.metadata({uniqueItems: true}),
  );

/** What the setting means, for the published schema. */
export const described = <T>(description: string, shape: Shape<T>) => v.pipe(shape, v.description(description));
