import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {installProgram} from '../../../src/system/custom/presets.ts';

it('a preset that is a program is refused on Windows, which could not run it; any other one has nothing to install', () => {
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-presets-'));
  onTestFinished(() => rmSync(directory, {recursive: true}));
  expect(() => installProgram('fireworks', directory, 'win32')).toThrow('its program does not run on Windows');
  installProgram('litellm', directory, 'win32');
  expect(readdirSync(directory)).toEqual([]);
  installProgram('fireworks', directory, 'darwin');
  expect(readdirSync(directory)).toEqual(['fireworks.mjs']);
});
