import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {defaultProviderSettings, defaultSettings, type Settings, settingsOf} from '../../../src/core/settings.ts';
import {createSettingsControl, type OpenSettings} from '../../../src/system/settings/control.ts';
import {readSettings} from '../../../src/system/settings/file.ts';
import {until} from '../../support/until.ts';
import {known, texts} from './support.ts';

const now = Date.parse('2026-11-22T09:00:00Z');
let directory: string;
let control: OpenSettings;
const open = async (
  override: (settings: Settings) => Settings = settings => settings,
  at: string = directory,
): Promise<OpenSettings> =>
  createSettingsControl({directory: at, override, known, initial: await readSettings(at, known), now: () => now});
const withTheme = (theme: Settings['display']['theme']) => (settings: Settings) => ({
  ...settings,
  display: {...settings.display, theme},
});
const pathIn = (path: string) => join(path, 'config.json');
const written = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(pathIn(path), 'utf8'));
  } catch {
    return null;
  }
};
const file = () => written(directory);
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
    control = await open();
    control.update(settings => ({...withTheme('light')(settings), thresholds: {warn: 50, critical: 80}}));
    expect(theme()).toBe('light');
    await eventually(() => JSON.stringify(file())?.includes('"critical":80') ?? false);
    expect(file()).toEqual({display: {theme: 'light'}, thresholds: {warn: 50, critical: 80}});
  });

  it('keep nothing that only the command line said', async () => {
    control = await open(withTheme('mono'));
    expect(theme()).toBe('mono');
    control.update(settings => ({...settings, display: {...settings.display, show: 'left'}}));
    await eventually(() => file() !== null);
    expect(file()).toEqual({display: {show: 'left'}});
    expect(theme()).toBe('mono');
  });

  it('let a key stand over the command line from then on', async () => {
    control = await open(withTheme('mono'));
    control.update(withTheme('dark'));
    await eventually(() => file() !== null);
    expect([theme(), file()]).toEqual(['dark', {display: {theme: 'dark'}}]);
  });

  it('follow the file when it is edited by hand', async () => {
    control = await open();
    control.watch();
    await edited('{"display": {"theme": "light"}}', () => theme() === 'light');
  });

  it('follow the file also where it no longer names what was changed on the screen', async () => {
    control = await open(withTheme('mono'));
    control.watch();
    control.update(withProvider('openai', {enabled: false, intervalSeconds: 300}));
    control.update(withTheme('dark'));
    await eventually(() => JSON.stringify(file())?.includes('dark') ?? false);
    await edited('{}', () => provider('openai').enabled);
    expect(provider('openai')).toEqual(defaultProviderSettings);
    expect(theme()).toBe('auto');
    await edited('{"providers": {"openai": {"intervalSeconds": 90}}}', () => provider('openai').intervalSeconds === 90);
    expect(provider('openai').enabled).toBe(true);
  });

  it('are the defaults while the file is broken, and the file again when it is mended', async () => {
    control = await open();
    control.watch();
    control.update(withProvider('zai', {enabled: false}));
    await eventually(() => file() !== null);
    await edited('{"providers": ', () => control.store.get().problems.length > 0);
    expect(provider('zai')).toEqual(defaultProviderSettings);
    await edited('{"providers": {"zai": {"enabled": false}}}', () => !provider('zai').enabled);
    await edited('{"providers": {"zhipu": {"enabled": false}}}', () => !provider('zhipu').enabled);
    expect(provider('zai').enabled).toBe(true);
  });

  it('follow a theme of the user’s own from its first file on, through one that is broken', async () => {
    const themes = join(directory, 'themes');
    const putTheme = (text: string) => {
      mkdirSync(themes, {recursive: true});
      writeFileSync(join(themes, 'ocean.json'), text);
    };
    const ok = () => control.store.get().themes.get('ocean')?.colors.ok;
    const puts = async (text: string, isNoticed: () => boolean): Promise<void> => {
      let turn = 0;
      await eventually(() => {
        if (turn++ % 50 === 0) putTheme(text + ' '.repeat(turn));
        return isNoticed();
      });
    };
    writeFileSync(join(directory, 'config.json'), '{"display": {"theme": "ocean"}}');
    control = await open();
    expect([theme(), control.store.get().problems.length]).toEqual(['auto', 1]);
    control.watch();
    await puts('{"colors": {"ok": "#112233"}}', () => ok() === '#112233');
    expect([theme(), control.store.get().problems]).toEqual(['ocean', []]);
    await puts('{"colors": {"ok": "#445566"}}', () => ok() === '#445566');
    await puts('{"colors"', () => control.store.get().problems.length > 0);
    expect([theme(), ok()]).toEqual(['ocean', undefined]);
    await puts('{"colors": {"ok": 46}}', () => ok() === 46);
    expect(control.store.get().problems).toEqual([]);
  });

  it('leave to the command line what the screen did not change', async () => {
    control = await open(withProvider('zai', {intervalSeconds: 600}));
    control.watch();
    control.update(withProvider('zai', {enabled: false}));
    await eventually(() => file() !== null);
    expect(file()).toEqual({providers: {zai: {enabled: false}}});
    await edited('{"providers": {"zai": {"intervalSeconds": 90}}}', () => provider('zai').enabled);
    expect(provider('zai').intervalSeconds).toBe(600);
  });

  it('write only what changed', async () => {
    control = await open();
    control.update(withProvider('openai', {}));
    control.update(withProvider('zai', {intervalSeconds: 300}));
    await eventually(() => file() !== null);
    expect(file()).toEqual({providers: {zai: {intervalSeconds: 300}}});
  });

  it('say why a change cannot be kept, and hold it all the same', async () => {
    writeFileSync(join(directory, 'a-file'), '');
    control = await open(undefined, join(directory, 'a-file'));
    control.update(withTheme('dark'));
    await eventually(() => control.store.get().problems.length > 0);
    const why = 'a file is where a directory should be';
    expect(control.store.get().problems).toEqual([
      {path: 'config.json', text: `config.json: not saved: ${why}`, unsaved: why},
    ]);
    expect(theme()).toBe('dark');
  });

  it('hold all that was changed until it can be written, and write it then', async () => {
    const path = join(directory, 'later');
    writeFileSync(path, '');
    control = await open(undefined, path);
    control.update(withTheme('dark'));
    await eventually(() => control.store.get().problems.length > 0);
    rmSync(path);
    control.update(settings => ({...settings, hidden: ['openai:3f2a91c0']}));
    await eventually(() => control.store.get().problems.length === 0);
    expect(written(path)).toEqual({display: {theme: 'dark'}, hidden: ['openai:3f2a91c0']});
    expect(theme()).toBe('dark');
  });

  it('replace what stands in the way, and keep what is not known', async () => {
    writeFileSync(
      pathIn(directory),
      '{"future": [1], "display": ["x"], "providers": {"openai": 7, "zai": {"glow": 3}}}',
    );
    control = await open();
    control.update(withTheme('dark'));
    control.update(withProvider('openai', {enabled: false}));
    control.update(withProvider('zai', {intervalSeconds: 300}));
    await eventually(() => JSON.stringify(file()).includes('300'));
    expect(file()).toEqual({
      future: [1],
      display: {theme: 'dark'},
      providers: {openai: {enabled: false}, zai: {glow: 3, intervalSeconds: 300}},
    });
  });

  it('keep a provider’s own options beside its other settings', async () => {
    control = await open();
    control.update(withProvider('google', {options: {clientId: 'invented'}}));
    await eventually(() => file() !== null);
    expect(file()).toEqual({providers: {google: {clientId: 'invented'}}});
    expect((await readSettings(directory, known)).settings.providers.google?.options).toEqual({clientId: 'invented'});
  });

  it('keep quick changes in their order, and say each of them once', async () => {
    control = await open();
    const seen: number[] = [];
    control.store.subscribe(() => seen.push(control.store.get().settings.thresholds.warn));
    for (let warn = 0; warn < 10; warn += 1)
      control.update(settings => ({...settings, thresholds: {...settings.thresholds, warn}}));
    control.update(settings => ({...settings, display: {...settings.display, show: 'left'}}));
    await eventually(() => JSON.stringify(file())?.includes('left') ?? false);
    expect(file()).toEqual({thresholds: {warn: 9}, display: {show: 'left'}});
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]);
  });

  it('do not lose what another copy changed meanwhile', async () => {
    control = await open();
    const other = await open();
    control.update(withTheme('dark'));
    other.update(settings => ({...settings, display: {...settings.display, show: 'left'}}));
    await eventually(() => {
      const text = JSON.stringify(file()) ?? '';
      return text.includes('dark') && text.includes('left');
    });
    control.update(settings => ({...settings, hidden: ['a']}));
    await eventually(() => control.store.get().settings.display.show === 'left');
    other.close();
    expect(file()).toEqual({display: {theme: 'dark', show: 'left'}, hidden: ['a']});
  });

  it('set a broken file aside before they are written, and say so until the next change', async () => {
    writeFileSync(pathIn(directory), '{"display": {"theme": "dark",}}');
    control = await open();
    control.update(settings => ({...settings, display: {...settings.display, show: 'left'}}));
    const aside = 'config.json.bad-20261122T090000000Z';
    const renamed = `config.json: was not a JSON object; renamed to ${aside}`;
    await eventually(() => texts(control.store.get().problems).includes(renamed));
    expect(texts(control.store.get().problems)).toEqual([renamed]);
    expect(readFileSync(join(directory, aside), 'utf8')).toBe('{"display": {"theme": "dark",}}');
    expect(file()).toEqual({display: {show: 'left'}});
    control.update(settings => ({...settings, display: {...settings.display, show: 'used'}}));
    await eventually(() => control.store.get().problems.length === 0);
  });

  it('pick up what is written by hand, and do not echo what they wrote themselves', async () => {
    writeFileSync(pathIn(directory), '{"display": {"theme": "dark"}}');
    control = await open();
    const seen: string[] = [];
    control.store.subscribe(() => seen.push(theme()));
    control.watch();
    await edited('{"display": {"theme": "light"}}', () => theme() === 'light');
    control.update(withTheme('mono'));
    await eventually(() => JSON.stringify(file()) === '{"display":{"theme":"mono"}}');
    await edited('{"display": {"theme": "blue"}}', () => control.store.get().problems.length > 0);
    expect(seen).toEqual(['light', 'mono', 'auto']);
    rmSync(pathIn(directory));
    await eventually(() => control.store.get().problems.length === 0);
    expect(control.store.get().settings).toEqual(defaultSettings);
  });

  it('pick up a file whose directory comes later, and make none by looking', async () => {
    const path = join(directory, 'later');
    control = await open(undefined, path);
    control.watch();
    expect(existsSync(path)).toBe(false);
    mkdirSync(path);
    writeFileSync(join(path, 'config.json'), '{"display": {"theme": "light"}}');
    await eventually(() => theme() === 'light');
  });
});
