import {readlinkSync, writeFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {inAWorld} from '../support/in-a-world.ts';
import {expectRestored, modesOf} from '../support/restored.ts';
import {program, type Size, type Terminal} from '../support/terminal.ts';
import {until} from '../support/until.ts';

const {world, open} = inAWorld();

const wide: Size = {columns: 100, rows: 30};
const narrow: Size = {columns: 80, rows: 24};

/** A shell with job control, in which the program runs. */
async function openInBash(size = wide): Promise<Terminal> {
  const env = {...world().env, PS1: 'shell> ', HISTFILE: ''};
  const shell = open({env, size, command: 'bash', args: ['--norc', '--noprofile', '-i']});
  await shell.sees('shell>');
  shell.type(`(echo "pid=$BASHPID"; exec '${process.execPath}' '${program}')\r`);
  await shell.sees('42%');
  await isDrawnFor(size, shell);
  return shell;
}
const pidIn = (shell: Terminal): number => Number(/pid=(\d+)/.exec(shell.written())?.[1]);

/** Panels reach from the first column to the last, the footer is on the last row, and the screen is the program's. */
async function isDrawnFor({columns, rows}: Size, terminal: Terminal): Promise<void> {
  await until(
    async () => {
      const lines = await terminal.lines();
      const top = lines.find(line => /^[╭┏]/.test(line)) ?? '';
      return (
        lines.length === rows &&
        /[╮┓]$/.test(top) &&
        top.length === columns &&
        / refresh/.test(lines.at(-1) ?? '') &&
        lines.every(line => !line.includes('shell>'))
      );
    },
    async () => `it is not drawn for ${columns}×${rows}:\n${await terminal.text()}`,
  );
  expect(await terminal.isAlternate()).toBe(true);
  expect(terminal.cursorIsShown()).toBe(false);
  const modes = modesOf(terminal.written());
  for (const mode of ['1000', '1006', '2004']) expect(modes.get(mode)).toBe('on');
}

/** It has the terminal, and waits for a command. */
async function prompts(shell: Terminal): Promise<void> {
  await until(
    async () =>
      !(await shell.isAlternate()) && (await shell.lines()).findLast(line => line !== '')?.trimEnd() === 'shell>',
    async () => `the shell does not prompt:\n${await shell.text()}`,
  );
}

/** The shell has the terminal: its prompt answers, and nothing of ours is left on. */
async function isOfTheShell(shell: Terminal): Promise<void> {
  await prompts(shell);
  await shell.sees('Stopped');
  // It brackets what is pasted by itself.
  await expectRestored(shell, ['2004']);
  shell.type('echo alive$((1+1))\r');
  await shell.sees('alive2');
}

describe('ctrl+z in a shell with job control', () => {
  it('gives the terminal back; fg draws for the size that the window has by then', async () => {
    const shell = await openInBash();
    shell.type('\u001a');
    await isOfTheShell(shell);
    for (const size of [narrow, {columns: 120, rows: 40}]) {
      shell.resize(size);
      shell.type('fg\r');
      await isDrawnFor(size, shell);
      shell.type('?');
      await shell.sees('refresh all providers');
      shell.type('\u001b');
      await shell.loses('refresh all providers');
      shell.type('\u001a');
      await prompts(shell);
    }
    shell.type('fg\r');
    await isDrawnFor({columns: 120, rows: 40}, shell);
    shell.type('q');
    await prompts(shell);
    await expectRestored(shell, ['2004']);
  });

  it('stops what had started it, too', async () => {
    const env = {...world().env, PS1: 'shell> ', HISTFILE: ''};
    const shell = open({env, size: narrow, command: 'bash', args: ['--norc', '--noprofile', '-i']});
    await shell.sees('shell>');
    shell.type(`sh -c '"${process.execPath}" "${program}"; echo behind it'\r`);
    await shell.sees('42%');
    shell.type('\u001a');
    await isOfTheShell(shell);
    shell.type('fg\r');
    await isDrawnFor(narrow, shell);
    shell.type('q');
    await shell.sees('behind it');
  });
});

describe('a stop from outside', () => {
  it('(SIGTSTP) gives the terminal back first', async () => {
    const shell = await openInBash();
    process.kill(pidIn(shell), 'SIGTSTP');
    await isOfTheShell(shell);
    shell.resize(narrow);
    shell.type('fg\r');
    await isDrawnFor(narrow, shell);
    process.kill(pidIn(shell), 'SIGTSTP');
    await prompts(shell);
    await expectRestored(shell, ['2004']);
  });

  it('(SIGSTOP) cannot be seen coming; fg mends all of it', async () => {
    const shell = await openInBash();
    process.kill(pidIn(shell), 'SIGSTOP');
    await shell.sees('Stopped');
    // What a shell and its user may do to a terminal.
    shell.type("printf '\\033[?1049l\\033[?1000l\\033[?25h'; stty sane; echo done$((1+1))\r");
    await shell.sees('done2');
    shell.resize(narrow);
    shell.type('fg\r');
    await isDrawnFor(narrow, shell);
    shell.type('?');
    await shell.sees('refresh all providers');
  });

  it('leaves it stopped when it is continued in the background, and the terminal to the shell', async () => {
    const shell = await openInBash();
    shell.type('\u001a');
    await isOfTheShell(shell);
    shell.type('bg\r');
    // The shell says so before its next prompt.
    await until(
      async () => {
        shell.type('\r');
        return ((await shell.text()).match(/Stopped/g) ?? []).length > 1;
      },
      async () => `it was not stopped again:\n${await shell.text()}`,
    );
    expect(await shell.isAlternate()).toBe(false);
    shell.type('fg\r');
    await isDrawnFor(wide, shell);
  });
});

describe('where no shell waits', () => {
  it('ctrl+z says so, and the program goes on', async () => {
    const terminal = open({size: narrow});
    await terminal.sees('42%');
    const before = terminal.written().length;
    terminal.type('\u001a');
    await terminal.sees('no shell to return to');
    expect(terminal.written().slice(before)).not.toContain('\u001b[?1049l');
    terminal.type('?');
    await terminal.sees('refresh all providers');
    expect(await terminal.isAlternate()).toBe(true);
  });

  it('a stop from outside is ignored, as the kernel does', async () => {
    const terminal = open({size: narrow});
    await terminal.sees('42%');
    terminal.signal('SIGTSTP');
    terminal.type('?');
    await terminal.sees('refresh all providers');
    expect(terminal.written()).not.toContain('\u001b[?1049l');
  });

  it('a shell script around it makes no difference', async () => {
    const terminal = open({size: narrow, command: 'sh', args: ['-c', `'${process.execPath}' '${program}'; true`]});
    await terminal.sees('42%');
    terminal.type('\u001a');
    await terminal.sees('no shell to return to');
    terminal.type('?');
    await terminal.sees('refresh all providers');
  });
});

describe.skipIf(process.platform !== 'linux')('ctrl+l', () => {
  it('mends what others wrote to the terminal', async () => {
    const terminal = open({size: narrow});
    await terminal.sees('42%');
    await isDrawnFor(narrow, terminal);
    writeFileSync(
      readlinkSync(`/proc/${terminal.pid}/fd/1`),
      '\u001b[?1000l\u001b[?25h\u001b[5;5Hgarbage\u001b[24;1Hmore\r\nof it\r\nand more',
    );
    await terminal.sees('garbage');
    await terminal.sees('and more');
    terminal.type('\u000c');
    await terminal.loses('garbage');
    await isDrawnFor(narrow, terminal);
    expect(await terminal.text()).not.toMatch(/of it|and more/);
  });
});
