import {describe, expect, it} from 'vitest';
import {codexToken} from '../support/codex.ts';
import {inAWorld} from '../support/in-a-world.ts';
import {expectCooked, expectRestored, modesOf, sayHowItEnded} from '../support/restored.ts';
import {program, type Terminal} from '../support/terminal.ts';
import {until} from '../support/until.ts';

const preload = new URL('../fixtures/faults/preload.mjs', import.meta.url).href;

const {world, open} = inAWorld(['openai']);

/** The program in a shell that says afterwards how it ended; its own process id is written first. */
function openInShell(fault = ''): Terminal {
  const start = `(echo "pid=$$-$(exec sh -c 'echo $PPID')"; exec '${process.execPath}' '${program}'); ${sayHowItEnded}`;
  const env = {...world().env, FAULT: fault, CANARY: codexToken(world().home), NODE_OPTIONS: `--import=${preload}`};
  return open({env, command: 'sh', args: ['-c', start]});
}

/** Of the program, not of its shell. */
const pidOf = (terminal: Terminal): number => Number(/pid=\d+-(\d+)/.exec(terminal.written())?.[1]);

const isUp = async (terminal: Terminal): Promise<void> => {
  await terminal.sees('71%');
  expect(await terminal.isAlternate()).toBe(true);
  const modes = modesOf(terminal.written());
  for (const mode of ['1049', '1000', '1006', '2004']) expect(modes.get(mode)).toBe('on');
  expect(terminal.cursorIsShown()).toBe(false);
};

/** What stands on the normal screen when everything is over. */
async function endOf(terminal: Terminal): Promise<string> {
  await terminal.sees('end of report');
  await expectRestored(terminal);
  const text = await terminal.text();
  expectCooked(text);
  return text;
}

describe('the terminal comes back', () => {
  it.each([
    ['q', 'q'],
    ['ctrl+c', '\u0003'],
  ])('at %s', async (_, keys) => {
    const terminal = openInShell();
    await isUp(terminal);
    terminal.type(keys);
    expect(await endOf(terminal)).toContain('left with 0');
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
  ] as const)('at %s', async (signal, code) => {
    const terminal = openInShell();
    await isUp(terminal);
    process.kill(pidOf(terminal), signal);
    expect(await endOf(terminal)).toContain(`left with ${code}`);
  });

  it.each([
    ['timer', 'in a timer'],
    ['rejection', 'not handled'],
    ['string', 'a string'],
    ['render', 'while drawing'],
  ])('at a fault (%s), before it is reported', async (fault, message) => {
    const terminal = openInShell(fault);
    await isUp(terminal);
    process.kill(pidOf(terminal), 'SIGUSR2');
    // Only a frame that is drawn after it fails.
    if (fault === 'render')
      await until(
        async () => {
          terminal.type('?\u001b');
          return (await terminal.text()).includes('This is a bug in mystatus-tui');
        },
        () => 'it goes on drawing',
      );
    const text = await endOf(terminal);
    expect(text).toContain('left with 1');
    expect(text).toContain('This is a bug in mystatus-tui');
    expect(text).toContain(`${message} red title [redacted]`);
    const behind = terminal.written().slice(terminal.written().lastIndexOf('\u001b[?1049l'));
    expect(behind).toContain('This is a bug in mystatus-tui');
    expect(behind).not.toMatch(/\u001b\[31m|\u001b\]0;/);
    expect(terminal.written()).not.toContain(codexToken(world().home));
  });

  it.each(['twice', 'everything'])('at several faults in a row (%s), of which one is reported', async fault => {
    const terminal = openInShell(fault);
    await isUp(terminal);
    process.kill(pidOf(terminal), 'SIGUSR2');
    const text = await endOf(terminal);
    expect(text).toContain('left with 1');
    expect(text.match(/This is a bug in mystatus-tui/g)).toHaveLength(1);
    expect(text).not.toMatch(/on the way out|Node\.js v/);
  });

  it('when its terminal is gone: then it ends', async () => {
    const terminal = openInShell();
    await isUp(terminal);
    const pid = pidOf(terminal);
    process.kill(terminal.pid, 'SIGKILL');
    await until(
      () => !isAlive(pid),
      () => 'it lives on without a terminal',
    );
  });

  it.skipIf(process.platform === 'win32')('when what had started it is killed, and the shell reads again', async () => {
    const env = {...world().env, PS1: 'shell> ', HISTFILE: ''};
    const shell = open({env, command: 'bash', args: ['--norc', '--noprofile', '-i']});
    await shell.sees('shell>');
    shell.type(`sh -c 'echo "pid=$$-$PPID"; "${process.execPath}" "${program}"; true'\r`);
    await shell.sees('71%');
    const starter = Number(/pid=(\d+)-\d+/.exec(shell.written())?.[1]);
    process.kill(starter, 'SIGKILL');
    await shell.sees('Killed');
    await until(
      async () => {
        shell.type('\r');
        return !(await shell.isAlternate());
      },
      async () => `it holds the screen:\n${await shell.text()}`,
    );
    shell.type('echo sane$((1+1))\r');
    await shell.sees('sane2');
    // The shell itself brackets what is pasted.
    await expectRestored(shell, ['2004']);
    expect(shell.written()).not.toContain('This is a bug in mystatus-tui');
  });
});

describe('what dependencies and Node say', () => {
  it('of certificates that cannot be read is said before the screen opens', async () => {
    world().env.NODE_EXTRA_CA_CERTS = '/nonexistent/company.pem';
    const terminal = openInShell();
    await isUp(terminal);
    const [before = ''] = terminal.written().split('\u001b[?1049h');
    expect(before).toContain('/nonexistent/company.pem');
  });

  it('is kept off the screen, and told with the next fault', async () => {
    const terminal = openInShell('stray,timer');
    await isUp(terminal);
    process.kill(pidOf(terminal), 'SIGUSR2');
    terminal.type('?');
    await terminal.sees('refresh all providers');
    // Behind that frame the event loop has turned: a warning comes with the next tick.
    terminal.type('\u001b');
    await terminal.loses('refresh all providers');
    expect(terminal.written()).not.toContain('stray');
    expect(await terminal.text()).toContain('71%');
    process.kill(pidOf(terminal), 'SIGUSR2');
    const text = await endOf(terminal);
    expect(text).toContain('Earlier output:');
    expect(text).toContain('stray stderr');
    expect(text).toContain('stray warning red title [redacted]');
    expect(terminal.written()).not.toContain(codexToken(world().home));
  });
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
