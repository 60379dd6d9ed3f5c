import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {writeCommandLineFiles} from '../../scripts/command-line-files.ts';
import {commands} from '../../src/commands/args/description.ts';
import {run} from '../support/run.ts';

const root = new URL('../../', import.meta.url).pathname;
const paths = [...['bash', 'fish', 'zsh'].map(shell => `completions/mystatus-tui.${shell}`), 'man/mystatus-tui.1'];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mystatus-'));
  writeCommandLineFiles(directory);
});
afterAll(() => rmSync(directory, {recursive: true}));

const text = (path: string, below = directory): string => readFileSync(join(below, path), 'utf8');

describe('what is made from the description of the command line', () => {
  it('is one file per shell and the manual page', () => {
    const found = readdirSync(directory, {recursive: true, encoding: 'utf8'});
    expect(found.filter(path => path.includes('.')).sort()).toEqual(paths);
  });

  it('is made by the build', () => {
    for (const path of paths) expect(text(path, root)).toBe(text(path));
  });

  it('is in the package', async () => {
    const env = {PATH: process.env.PATH ?? '', HOME: directory};
    const {stdout} = await run(['pack', '--dry-run', '--json', '--ignore-scripts'], env, {command: 'npm', cwd: root});
    const [{files}] = JSON.parse(stdout) as [{files: {path: string}[]}];
    expect(files.map(({path}) => path)).toEqual(expect.arrayContaining(paths));
  });

  it('names every command in each of them', () => {
    for (const path of paths) for (const {name} of commands) expect(text(path).replaceAll('\\-', '-')).toContain(name);
  });

  it('completes in a real bash', async () => {
    const script = `source ${join(directory, 'completions/mystatus-tui.bash')}
complete_line() { COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=(); _mystatus_tui; echo "\${COMPREPLY[*]}"; }
complete_line mystatus-tui gu
complete_line mystatus-tui --provider goo
complete_line mystatus-tui login zh
complete_line mystatus-tui guard --min`;
    const {stdout} = await run(['-c', script], {PATH: process.env.PATH ?? ''}, {command: 'bash'});
    expect(stdout.trim().split('\n')).toEqual(['guard', 'google', 'zhipu', '--min-remaining']);
  });
});
