import {expect, it} from 'vitest';
import {askedScreen} from '../../src/first-frame/asked.ts';

it('a first frame is painted as the options of the screen want it', () => {
  expect(askedScreen([])).toEqual({noColor: false, ascii: false, display: {}});
  expect(askedScreen(['--ascii', '--privacy', '--theme', 'light', '--lang=ja', '--no-mouse'])).toEqual({
    noColor: false,
    ascii: true,
    display: {ascii: true, privacy: true, theme: 'light', language: 'ja', mouse: false},
  });
  expect(askedScreen(['--no-color', '--theme', 'dark', '--theme=mono'])).toEqual({
    noColor: true,
    ascii: false,
    display: {theme: 'mono'},
  });
});

it.each([
  ['--interval', '60'],
  ['--demo'],
  ['--provider', 'openai'],
  ['--theme'],
  ['--theme', 'somebody’s own'],
  ['--theme=', 'dark'],
  ['--lang', 'fr'],
  ['--no-color=1'],
  ['--no-color', 'login'],
  ['--constructor'],
  ['watch'],
])('is left to the usual way where it is asked for anything else: %j', (...argv) => {
  expect(askedScreen(argv)).toBeNull();
});
