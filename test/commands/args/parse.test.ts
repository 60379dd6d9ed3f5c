import {describe, expect, it} from 'vitest';
import {commands} from '../../../src/commands/args/description.ts';
import {helpOf} from '../../../src/commands/args/help.ts';
import {parseCommandLine, UsageError} from '../../../src/commands/args/parse.ts';
import {catalogue} from '../../../src/providers/index.ts';

const mistake = (...argv: string[]): string => {
  try {
    parseCommandLine(argv);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'no mistake';
};

describe('the command line', () => {
  it('reads commands, switches and values, with = or without', () => {
    const asked = parseCommandLine(['guard', '--min-remaining=20', '--window', 'spark/5h', '--provider', 'openai,zai']);
    expect(asked.command.name).toBe('guard');
    expect(asked.number('min-remaining')).toBe(20);
    expect(asked.text('window')).toBe('spark/5h');
    expect(asked.providers).toEqual(['openai', 'zai']);
    expect(asked.has('json')).toBe(false);
  });

  it('opens the monitor when nothing is said', () => {
    expect(parseCommandLine([]).command.name).toBe('');
  });

  it.each([
    [['--jsn'], 'unknown option --jsn; did you mean --json?'],
    [['--provider', 'opnai'], `unknown provider "opnai"; did you mean openai?`],
    [['--provider', 'openai,'], `unknown provider ""; mystatus-tui --help lists all ${catalogue.length}`],
    [['--provider'], '--provider needs a value: --provider <id[,id]>'],
    [['--interval', 'soon'], '--interval needs a number, not "soon"'],
    [['--interval', '-5'], '--interval needs a number, not "-5"'],
    [['--interval=-5'], '--interval needs a number, not "-5"'],
    [['--timeout', '0'], '--timeout must be at least 1, not 0'],
    [['--lang', 'enn'], '--lang: unknown value "enn" (en, zh, ja)'],
    [['--json=yes'], '--json takes no value'],
    [['acounts'], 'unknown command "acounts"; did you mean accounts?'],
    [['statusline', '--json'], 'statusline has no option --json'],
    [['doctor', 'now'], 'doctor takes no argument "now"'],
    [['logout'], 'logout needs a value: logout <account>'],
    [['login', 'zei'], `unknown provider "zei"; did you mean zai?`],
    [['completions', 'bsh'], 'unknown shell "bsh"; did you mean bash? (bash, zsh, fish)'],
    [['-x'], 'unknown option -x'],
    [
      ['login', 'zai', 'the-key-itself'],
      'login takes no credential as an argument, where others could read it: enter it at the prompt, or pipe it in',
    ],
  ])('names the mistake in %j and the nearest word', (argv, message) => {
    expect(mistake(...argv)).toBe(message);
  });

  it.each([
    ['--help', '-h', '--help'],
    ['--version', '-v', '-V'],
  ] as const)('takes %s as %s and %s, of every command', (flag, ...ways) => {
    const name = flag.slice(2) as 'help' | 'version';
    for (const way of [flag, ...ways])
      for (const {name: command} of commands)
        expect(parseCommandLine(command === '' ? [way] : [command, way]).has(name), `${command} ${way}`).toBe(true);
  });

  it('knows help as a command, and the nearest one', () => {
    expect(parseCommandLine(['help', 'guard'])).toMatchObject({command: {name: 'help'}, argument: 'guard'});
    expect(parseCommandLine(['help']).argument).toBeUndefined();
    expect(mistake('help', 'gard')).toMatch(/^unknown command "gard"; did you mean guard\?$/);
  });

  it('takes the providers of every --provider', () => {
    expect(parseCommandLine(['--provider', 'zai', '--provider', 'openai,zai']).providers).toEqual(['zai', 'openai']);
  });

  it.each([
    [['--demo'], ''],
    [['--demo', 'all'], 'all'],
    [['--demo=all'], 'all'],
    [['--demo', 'all', '--demo'], ''],
    [['--json', '--demo', 'all', '--privacy'], 'all'],
  ])('takes %j with or without a word', (argv, extent) => {
    expect(parseCommandLine(argv).text('demo')).toBe(extent);
  });

  it('leaves a word to the command that is none of the switch before it', () => {
    const asked = parseCommandLine(['--demo', 'doctor']);
    expect([asked.command.name, asked.text('demo')]).toEqual(['doctor', '']);
    expect(mistake('--demo', '--json', 'all')).toMatch(/^unknown command "all"/);
    expect(mistake('--demo', 'all', 'all')).toMatch(/^unknown command "all"/);
    expect(mistake('--demo=some')).toBe('--demo: unknown value "some" (all)');
    expect(mistake('--demo=')).toBe('--demo: unknown value "" (all)');
  });

  it('knows a flag that takes a program of one command and nothing of another one', () => {
    expect(parseCommandLine(['statusline', '--stdin', 'claude-code']).text('stdin')).toBe('claude-code');
    expect(parseCommandLine(['forecast', '--stdin']).has('stdin')).toBe(true);
    expect(parseCommandLine(['--stdin', 'forecast']).command.name).toBe('forecast');
    expect(mistake('forecast', '--stdin', 'claude-code')).toMatch(/takes no argument "claude-code"/);
    expect(mistake('forecast', '--stdin=claude-code')).toBe('--stdin takes no value');
    expect(mistake('statusline', '--stdin')).toMatch(/needs a value/);
  });

  it('does not repeat what looks like a token', () => {
    expect(mistake('login', 'sk-proj-abcdef123456')).not.toContain('abcdef');
  });

  it('says what control characters are in a mistake without sending them to the terminal', () => {
    expect(mistake('\u001b[31mred')).not.toContain('\u001b');
  });

  it('has help for every command, that names every option of it', () => {
    for (const command of commands) for (const flag of command.flags) expect(helpOf(command)).toContain(`--${flag}`);
  });
});
