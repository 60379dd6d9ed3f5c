import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {SettingsProblem} from '../../../src/core/settings.ts';
import {catalogue} from '../../../src/providers/index.ts';
import type {SettingsRead} from '../../../src/system/settings/check.ts';
import {readSettings} from '../../../src/system/settings/file.ts';
import type {KnownNames} from '../../../src/system/settings/schema.ts';
import {bindings} from '../../../src/view/keymap/table.ts';

export const known = {providers: catalogue, actions: bindings.map(({name}) => name)};

export const fileIn = (directory: string): string => join(directory, 'config.json');
export const write = (directory: string, config: unknown): void =>
  writeFileSync(fileIn(directory), typeof config === 'string' ? config : JSON.stringify(config));

/** As the program reads them, without the text. */
export async function read(directory: string, names: KnownNames = known): Promise<SettingsRead> {
  const {settings, problems} = await readSettings(directory, names);
  return {settings, problems};
}

export const texts = (problems: readonly SettingsProblem[]): string[] => problems.map(({text}) => text);
