import {defaultSettings, type SettingsProblem} from '../../core/settings.ts';
import type {OwnThemes} from '../../core/themes.ts';
import {whyCustomIsOff} from '../custom/permissions.ts';
import {BrokenFileError, changeJson, isRecord, type Json, parseJson, pathOf, readText} from '../files/json-store.ts';
import {makePrivateDirectory, reasonOf} from '../files/private-file.ts';
import type {SettingsRead} from './check.ts';
import type {KnownNames} from './schema.ts';
import {readThemes} from './themes.ts';

/** `text` is that of `config.json`, null for one that is not there or cannot be read; `stamp` changes when something in the files does. */
export type SettingsFile = SettingsRead & {themes: OwnThemes; text: string | null; stamp: string};

const name = 'config';
export const problemOf = (why: string): SettingsProblem => ({path: 'config.json', text: `config.json: ${why}`});

/** A file of which nothing could be used: one that is being written, it may be. */
export const isBroken = ({problems}: SettingsRead): boolean =>
  problems.some(({path}) => path === problemOf('').path || /^themes\/[^:]*$/.test(path));

/** The settings as `config.json` has them now, and the themes beside it. Throws nothing, and makes nothing. */
export async function readSettings(directory: string, known: KnownNames): Promise<SettingsFile> {
  const {themes, names, problems, stamp} = await readThemes(directory);
  const config = await readConfig(directory, {...known, themes: names});
  const {text} = config;
  return {...config, problems: [...config.problems, ...problems], themes, stamp: JSON.stringify([text, stamp])};
}

async function readConfig(directory: string, known: KnownNames): Promise<SettingsRead & {text: string | null}> {
  let text: string | null = null;
  try {
    text = readText({directory, name});
    if (text === null || text.trim() === '') return {settings: defaultSettings, problems: [], text};
    const value = parseJson(text);
    // Only who has settings pays for checking them.
    const {checkSettings} = await import('./check.ts');
    return {...trusted(checkSettings(value, known), directory), text};
  } catch (error) {
    const why = text === null ? `cannot be read: ${reasonOf(error)}` : `${reasonOf(error)}; using the defaults`;
    return {settings: defaultSettings, problems: [problemOf(why)], text};
  }
}

/** What others may write into could send a secret to them, or run their program. */
function trusted({settings, problems}: SettingsRead, directory: string): SettingsRead {
  const {customProviders} = settings;
  const why = customProviders.length === 0 ? null : whyCustomIsOff(pathOf({directory, name}));
  if (why === null) return {settings, problems};
  const off = customProviders.map(({id}) => ({path: 'customProviders', text: `${id}: ${why}`}));
  return {settings: {...settings, customProviders: []}, problems: [...problems, ...off]};
}

/**
 * Changes what the user wrote, on what stands in the file at that moment; what this program does not know stays. What is no
 * JSON object is set aside first: its new name is returned, else null. Throws what the file system throws.
 */
export async function changeSettings(
  directory: string,
  now: number,
  change: (raw: Json) => Json,
): Promise<string | null> {
  let aside: string | null = null;
  const onAside = (name: string): void => {
    aside = name;
  };
  makePrivateDirectory(directory);
  await changeJson({directory, name, parse}, {now, isLost: () => true, onAside}, conf => {
    conf.store = change(conf.store);
  });
  return aside;
}

function parse(text: string): Json {
  const value = parseJson(text);
  if (!isRecord(value)) throw new BrokenFileError('not a JSON object');
  return value;
}
