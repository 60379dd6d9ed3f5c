import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Settings} from '../../src/core/settings.ts';
import {readSettings} from '../../src/system/settings.ts';
import {createSettingsControl, type OpenSettings} from '../../src/system/settings-control.ts';
import {until} from '../support/until.ts';

let directory: string;
let control: OpenSettings;
const open = (override: (settings: Settings) => Settings = settings => settings): OpenSettings =>
  createSettingsControl({
    directory,
    override,
    known: {},
    initial: readSettings(directory),
    onNotice: notice => {
      throw new Error(notice.text);
    },
  });
const withTheme = (theme: Settings['display']['theme']) => (settings: Settings) => ({
  ...settings,
  display: {...settings.display, theme},
});
const file = (): unknown => {
  try {
    return JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8'));
  } catch {
    return null;
  }
};
const eventually = (holds: () => boolean) => until(holds, () => `the file holds ${JSON.stringify(file())}`);
const theme = (): string => control.store.get().settings.display.theme;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mystatus-'));
});
afterEach(() => {
  control.close();
  rmSync(directory, {recursive: true, force: true});
});

describe('the settings of a running program', () => {
  it('change at once, and are kept', async () => {
    control = open();
    control.update(settings => ({...withTheme('light')(settings), thresholds: {warn: 50, critical: 80}}));
    expect(theme()).toBe('light');
    await eventually(() => JSON.stringify(file())?.includes('"critical":80') ?? false);
    expect(file()).toEqual({display: {theme: 'light'}, thresholds: {warn: 50, critical: 80}});
  });

  it('keep nothing that only the command line said', async () => {
    control = open(withTheme('mono'));
    expect(theme()).toBe('mono');
    control.update(settings => ({...settings, display: {...settings.display, show: 'left'}}));
    await eventually(() => file() !== null);
    expect(file()).toEqual({display: {show: 'left'}});
    expect(theme()).toBe('mono');
  });

  it('let a key stand over the command line from then on', async () => {
    control = open(withTheme('mono'));
    control.update(withTheme('dark'));
    await eventually(() => file() !== null);
    expect([theme(), file()]).toEqual(['dark', {display: {theme: 'dark'}}]);
  });

  it('follow the file when it is edited by hand', async () => {
    control = open();
    control.watch();
    // Watching begins a moment later: edit until it is noticed.
    let turn = 0;
    await eventually(() => {
      if (turn++ % 50 === 0)
        writeFileSync(join(directory, 'config.json'), `{"display": {"theme": "light"}}${' '.repeat(turn)}`);
      return theme() === 'light';
    });
  });
});
