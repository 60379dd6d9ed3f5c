// Starts an installed program as its users do: `node scripts/release/smoke.mjs mystatus-tui [version]`. On any Node and any system.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const [command = 'mystatus-tui', version] = process.argv.slice(2);
const home = mkdtempSync(join(tmpdir(), 'mystatus-smoke-'));
const env = {
  ...{PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, TEMP: home, TMPDIR: home},
  ...{HOME: home, USERPROFILE: home, APPDATA: join(home, 'roaming'), LOCALAPPDATA: join(home, 'local')},
};
// On Windows npm installs a script of the shell's.
const shell = process.platform === 'win32' && !command.endsWith('.exe');

function expect(args, code, pattern) {
  const {status, stdout, stderr, error} = spawnSync(command, args, {env, cwd: home, shell, encoding: 'utf8'});
  if (error === undefined && status === code && pattern.test(stdout)) return;
  process.stderr.write(`${command} ${args.join(' ')}: ${error?.message ?? status}\n${stdout}${stderr}`);
  process.exitCode = 1;
}

expect(
  ['--version'],
  0,
  version === undefined ? /^\d+\.\d+\.\d+\n$/ : new RegExp(`^${RegExp.escape?.(version) ?? version}\n$`),
);
expect(['--json'], 3, /"accounts": \[\]/);
expect(['--demo', '--once'], 0, /OpenAI/);
expect(['accounts', '--json', '--demo'], 0, /"mystatus\/v1"/);
expect(['doctor', '--json'], 1, /"id": "node"/);
rmSync(home, {recursive: true, force: true});
