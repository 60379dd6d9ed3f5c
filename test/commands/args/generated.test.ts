import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {completionsOf} from '../../../src/commands/args/completions.ts';
import {commands, shells} from '../../../src/commands/args/description.ts';
import {manPage} from '../../../src/commands/args/man.ts';
import {run} from '../../support/run.ts';

const file = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const {version} = JSON.parse(file('package.json')) as {version: string};

describe('what is generated from the description of the command line', () => {
  it.each([...shells])('is up to date: completions of %s (node scripts/command-line-docs.ts)', shell => {
    expect(file(`completions/mystatus-tui.${shell}`)).toBe(completionsOf(shell));
  });

  it('is up to date: the manual page (node scripts/command-line-docs.ts)', () => {
    expect(file('man/mystatus-tui.1')).toBe(manPage(version));
  });

  it('names every command in each of them', () => {
    for (const text of [...shells.map(completionsOf), manPage(version)])
      for (const {name} of commands) expect(text.replaceAll('\\-', '-')).toContain(name);
  });

  it('completes in a real bash', async () => {
    const script = `${completionsOf('bash')}
complete_line() { COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=(); _mystatus_tui; echo "\${COMPREPLY[*]}"; }
complete_line mystatus-tui gu
complete_line mystatus-tui --provider op
complete_line mystatus-tui login z
complete_line mystatus-tui guard --min`;
    const {stdout} = await run(['-c', script], {PATH: process.env.PATH ?? ''}, {command: 'bash'});
    expect(stdout.trim().split('\n')).toEqual(['guard', 'openai', 'zai zhipu', '--min-remaining']);
  });
});
