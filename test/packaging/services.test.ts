import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {commands} from '../../src/commands/args/description.ts';

const packaging = new URL('../../packaging', import.meta.url).pathname;
const unit = readFileSync(join(packaging, 'systemd/mystatus-tui.service'), 'utf8');
const plist = readFileSync(join(packaging, 'launchd/tui.mystatus.serve.plist'), 'utf8');
const isCommand = (name: string | undefined): boolean => commands.some(command => command.name === name);

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!hasSystemd) console.warn('skipped, what systemd says of its unit: systemd-analyze is not installed');

describe('the unit of systemd', () => {
  it('starts a command that there is, again if it fails, with few rights', () => {
    const values = new Map([...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
    const [program, command] = values.get('ExecStart')?.split(' ') ?? [];
    expect(program).toBe('%h/.local/bin/mystatus-tui');
    expect(isCommand(command)).toBe(true);
    expect(values.get('Restart')).toBe('on-failure');
    expect(values.get('ProtectSystem')).toBe('strict');
    expect(values.get('NoNewPrivileges')).toBe('yes');
    // Node compiles as it runs.
    expect(values.has('MemoryDenyWriteExecute')).toBe(false);
    // Without rights, the manager of a user cannot give any up.
    expect(values.has('CapabilityBoundingSet')).toBe(false);
  });

  it.skipIf(!hasSystemd)('is one that systemd understands', () => {
    const directory = mkdtempSync(join(tmpdir(), 'mystatus-unit-'));
    onTestFinished(() => rmSync(directory, {recursive: true}));
    const file = join(directory, 'mystatus-tui.service');
    writeFileSync(
      file,
      unit.replace('%h/.local/bin/mystatus-tui', process.execPath).replace(/^Documentation=.*\n/m, ''),
    );
    const {status, stderr} = spawnSync('systemd-analyze', ['--user', 'verify', file], {
      encoding: 'utf8',
      env: {...process.env, XDG_RUNTIME_DIR: directory},
    });
    expect(stderr.split('\n').filter(line => line.includes('mystatus-tui'))).toEqual([]);
    expect(status).toBe(0);
  });
});

describe('the agent of launchd', () => {
  it('is well-formed, and starts a command that there is', () => {
    const values = plistValues(plist);
    expect(values.Label).toBe('tui.mystatus.serve');
    expect(values.ProgramArguments).toEqual(['/usr/local/bin/mystatus-tui', 'serve']);
    expect(isCommand((values.ProgramArguments as string[])[1])).toBe(true);
    expect(values.KeepAlive).toEqual({SuccessfulExit: false});
    expect(values.RunAtLoad).toBe(true);
    // As it is written here: 0077.
    expect(values.Umask).toBe(0o077);
  });

  it.skipIf(spawnSync('plutil', ['-help']).status !== 0)('is one that macOS understands', () => {
    expect(
      execFileSync('plutil', ['-lint', join(packaging, 'launchd/tui.mystatus.serve.plist')], {encoding: 'utf8'}),
    ).toContain('OK');
  });
});

type Plist = string | number | boolean | Plist[] | {[key: string]: Plist};

/** As much of a property list as ours has; throws for anything else. */
function plistValues(text: string): Record<string, Plist> {
  const body = /^<\?xml [^>]*\?>\s*<!DOCTYPE plist [^>]*>\s*<plist version="1.0">([\s\S]*)<\/plist>\s*$/.exec(
    text,
  )?.[1];
  const tokens = body?.match(/<\/?(?:dict|array)>|<(?:true|false)\/>|<(key|string|integer)>[^<]*<\/\1>/g) ?? [];
  expect(tokens.join('').replace(/\s/g, '')).toBe(body?.replace(/\s/g, ''));
  const value = parsed(tokens);
  expect(tokens).toEqual([]);
  return value as Record<string, Plist>;
}

function parsed(tokens: string[]): Plist {
  const token = tokens.shift() ?? '';
  const [, name, content = ''] = /^<(\w+)\/?>(?:([^<]*)<)?/.exec(token) ?? [];
  if (name === 'true' || name === 'false') return name === 'true';
  if (name === 'integer') return Number(content);
  if (name === 'string' || name === 'key') return content;
  const inside: Plist[] = [];
  while (tokens[0] !== `</${name}>`) {
    if (tokens.length === 0) throw new Error(`<${name}> has no end`);
    inside.push(parsed(tokens));
  }
  tokens.shift();
  if (name === 'array') return inside;
  return Object.fromEntries(inside.flatMap((key, at) => (at % 2 === 0 ? [[String(key), inside[at + 1] ?? '']] : [])));
}
