import {userInfo} from 'node:os';
import {describe, expect, it} from 'vitest';
import {createMachine} from '../../src/system/machine.ts';

describe('createMachine', () => {
  it('finds the home directory as other tools do', () => {
    expect(createMachine({env: {HOME: '/home/a', USERPROFILE: 'C:\\Users\\a'}}).home).toBe('/home/a');
    expect(createMachine({env: {USERPROFILE: 'C:\\Users\\a'}, platform: 'win32'}).home).toBe('C:\\Users\\a');
    for (const env of [{}, {HOME: ''}, {HOME: 'relative'}, {HOME: './home', USERPROFILE: '.'}])
      expect(createMachine({env}).home).toBe(userInfo().homedir);
    expect(createMachine({env: {HOME: '/home/a'}, home: '/other'}).home).toBe('/other');
  });

  it('hashes as every other SHA-256 does', () => {
    const {sha256} = createMachine({env: {}});
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('ä')).toBe('33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc');
  });

  it('knows no relative places: the working directory may be anybody’s project', () => {
    const env = {
      XDG_DATA_HOME: 'data',
      CODEX_HOME: './codex',
      XDG_CONFIG_HOME: '/etc/xdg',
      APPDATA: 'C:\\Users\\a',
      ZAI_API_KEY: 'key',
    };
    expect(createMachine({env, pathVariables: ['CODEX_HOME']}).env).toEqual({
      XDG_CONFIG_HOME: '/etc/xdg',
      APPDATA: 'C:\\Users\\a',
      ZAI_API_KEY: 'key',
    });
  });

  it('has nothing stored and nothing set unless told', async () => {
    const machine = createMachine({env: {}});
    expect(await machine.stored('openai')).toEqual([]);
    expect(machine.setting('google', 'clientId')).toBeUndefined();
  });

  it('passes on what is stored and set, and the clock', async () => {
    const credential = {id: '1', provider: 'zai', secret: 'test-secret', fields: {}};
    const machine = createMachine({
      env: {},
      now: () => 42,
      stored: async provider => (provider === 'zai' ? [credential] : []),
      setting: (provider, name) => `${provider}.${name}`,
    });
    expect(await machine.stored('zai')).toEqual([credential]);
    expect(machine.setting('google', 'clientId')).toBe('google.clientId');
    expect(machine.now()).toBe(42);
  });
});
