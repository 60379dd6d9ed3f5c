import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {type Settings, settingsOf} from '../../../src/core/settings.ts';
import {createSettingsControl, type OpenSettings} from '../../../src/system/settings/control.ts';
import {readSettings} from '../../../src/system/settings/store.ts';
import {until} from '../../support/until.ts';

let directory: string;
let control: OpenSettings;
const open = (
  override: (settings: Settings) => Settings = settings => settings,
  at: string = directory,
): OpenSettings =>
  createSettingsControl({
    directory: at,
    override,
    known: {},
    initial: readSettings(at),
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
const provider = (id: string) => settingsOf(control.store.get().settings, id);
const withProvider = (id: string, change: Partial<ReturnType<typeof provider>>) => (settings: Settings) => ({
  ...settings,
  providers: {...settings.providers, [id]: {...settingsOf(settings, id), ...change}},
});

/** Writes the file as an editor would. Watching begins a moment later: it is written until that is noticed. */
async function edited(text: string, isNoticed: () => boolean): Promise<void> {
  let turn = 0;
  await eventually(() => {
    if (turn++ % 50 === 0) writeFileSync(join(directory, 'config.json'), text + ' '.repeat(turn));
    return isNoticed();
  });
}

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
    await edited('{"display": {"theme": "light"}}', () => theme() === 'light');
  });

  it('follow the file also where it no longer names what was changed on the screen', async () => {
    control = open(withTheme('mono'));
    control.watch();
    control.update(withProvider('openai', {enabled: false, intervalSeconds: 300}));
    control.update(withTheme('dark'));
    await eventually(() => JSON.stringify(file())?.includes('dark') ?? false);
    await edited('{}', () => provider('openai').enabled);
    expect(provider('openai')).toEqual({enabled: true, intervalSeconds: null, url: null});
    expect(theme()).toBe('auto');
    await edited('{"providers": {"openai": {"intervalSeconds": 90}}}', () => provider('openai').intervalSeconds === 90);
    expect(provider('openai').enabled).toBe(true);
  });

  it('are the defaults while the file is broken, and the file again when it is mended', async () => {
    control = open();
    control.watch();
    control.update(withProvider('zai', {enabled: false}));
    await eventually(() => file() !== null);
    await edited('{"providers": ', () => control.store.get().problems.length > 0);
    expect(provider('zai')).toEqual({enabled: true, intervalSeconds: null, url: null});
    await edited('{"providers": {"zai": {"enabled": false}}}', () => !provider('zai').enabled);
    await edited('{"providers": {"zhipu": {"enabled": false}}}', () => !provider('zhipu').enabled);
    expect(provider('zai').enabled).toBe(true);
  });

  it('leave to the command line what the screen did not change', async () => {
    control = open(withProvider('zai', {intervalSeconds: 600}));
    control.watch();
    control.update(withProvider('zai', {enabled: false}));
    await eventually(() => file() !== null);
    expect(file()).toEqual({providers: {zai: {enabled: false}}});
    await edited('{"providers": {"zai": {"intervalSeconds": 90}}}', () => provider('zai').enabled);
    expect(provider('zai').intervalSeconds).toBe(600);
  });

  it('write only what changed', async () => {
    control = open();
    control.update(withProvider('openai', {}));
    control.update(withProvider('zai', {intervalSeconds: 300}));
    await eventually(() => file() !== null);
    expect(file()).toEqual({providers: {zai: {intervalSeconds: 300}}});
  });

  it('say why a change cannot be kept, and hold it all the same', async () => {
    writeFileSync(join(directory, 'a-file'), '');
    control = open(undefined, join(directory, 'a-file'));
    control.update(withTheme('dark'));
    await eventually(() => control.store.get().problems.length > 0);
    const why = 'a file is where a directory should be';
    expect(control.store.get().problems).toEqual([
      {path: 'config.json', text: `config.json: not saved: ${why}`, unsaved: why},
    ]);
    expect(theme()).toBe('dark');
  });
});
