import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {presetNames} from '../../src/core/custom/preset-names.ts';
import {parseOutput} from '../../src/providers/custom/output.ts';
import {catalogue} from '../../src/providers/index.ts';
import {checkOne} from '../../src/system/settings/custom-read.ts';
import {blocksIn, textOf} from './support.ts';

const page = textOf('docs/custom-providers.md').replace(/^ {3}/gm, '');
const examples = blocksIn(page, 'json').map(text => JSON.parse(text) as Record<string, unknown>);
const definitions = examples.flatMap(
  each => (each.customProviders as unknown[]) ?? (each.id === undefined ? [] : [each]),
);

describe('the page on providers of one’s own', () => {
  it('describes only what the settings take', () => {
    const builtIn = catalogue.map(({id}) => id);
    expect(definitions).toHaveLength(3);
    expect(definitions.map(each => checkOne(each, builtIn).problems)).toEqual([[], [], []]);
  });

  it.each(presetNames)('says of the preset %s where its key is', name => {
    const {http} = JSON.parse(textOf(`presets/${name}.json`)) as {http?: {auth?: {env?: string}; url: string}};
    const variable = http?.auth?.env ?? 'login';
    const address = http?.url.includes('.example.com/') ? '; your address' : '';
    const [row = ''] = page.match(new RegExp(`^\\| \`${name}\` \\|.*$`, 'm')) ?? [];
    expect(row.endsWith(`| \`${variable}\`${address} |`)).toBe(true);
  });

  it('shows an output that is read whole', () => {
    const output = examples.find(each => each.schema !== undefined);
    expect(parseOutput(JSON.stringify(output), Date.parse('2026-11-27T20:00:00Z'))).toMatchObject({
      plan: 'Team',
      label: 'build box',
      windows: [{id: '5h', use: {state: 'known', usedPercent: 37.5, used: 75, limit: 200}, unit: 'requests'}],
      amounts: [{id: 'balance', value: 12.5, unit: 'usd'}],
      notes: [],
    });
  });

  it('has a script that prints what the page says', () => {
    const home = mkdtempSync(join(tmpdir(), 'mystatus-gauge-'));
    onTestFinished(() => rmSync(home, {recursive: true, force: true}));
    mkdirSync(join(home, '.farm'));
    writeFileSync(join(home, '.farm/minutes'), '340 500\n');
    const script = blocksIn(page, 'sh').find(text => text.includes('.farm/minutes')) ?? '';
    const {stdout} = spawnSync('sh', ['-c', script], {env: {HOME: home, PATH: process.env.PATH}, encoding: 'utf8'});
    expect(parseOutput(stdout, 0).windows).toMatchObject([
      {id: 'monthly', use: {state: 'known', usedPercent: 68, used: 340, limit: 500}, unit: 'calls'},
    ]);
  });
});
