import * as v from 'valibot';
import {themeNames} from '../../core/settings.ts';
import {type OwnTheme, type ThemeTone, themeTones} from '../../core/themes.ts';
import {described as is, isNoneOf, numberWithin, object, oneOf, text} from './shapes.ts';

/** The shape of a theme's file. The checks, their messages and schema/theme.schema.json follow from here. */

const indexText = 'a number from 0 to 255';
const index = v.pipe(numberWithin(0, 255), v.integer(`must be ${indexText}`));
const colorText = `must be "#rrggbb" or ${indexText}`;
const color = v.union([v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{6}$/, colorText)), index], colorText);

const meanings: Record<ThemeTone, string> = {
  ok: 'Bars and values that are all right.',
  warn: 'Warnings.',
  critical: 'What is nearly or wholly used up; failures.',
  okStale: 'As ok, of an old figure.',
  warnStale: 'As warn, of an old figure.',
  criticalStale: 'As critical, of an old figure.',
  dim: 'What is less important.',
  accent: 'Keys, and the frame of what has the focus.',
  border: 'Frames.',
  track: 'The empty part of a bar.',
  tick: 'The mark in a bar that shows how much of the period has elapsed.',
};

const colorsOf = <T>(shape: v.GenericSchema<unknown, T>) =>
  object(
    Object.fromEntries(themeTones.map(tone => [tone, v.optional(is(meanings[tone], shape))])),
    isNoneOf,
  ) as v.GenericSchema<unknown, Partial<Record<ThemeTone, T>>>;

export const themeSchema = object(
  {
    $schema: v.optional(is('Where an editor finds this schema. The program does not use it.', text)),
    extends: v.optional(is('The theme that all other colours come from.', oneOf(themeNames)), 'auto'),
    colors: v.optional(is('Each is #rrggbb or a number in the palette of 256.', colorsOf(color)), {}),
    colors256: v.optional(is('In place of those in colors, where a terminal has 256 colours.', colorsOf(index)), {}),
  },
  isNoneOf,
) satisfies v.GenericSchema<unknown, OwnTheme>;
