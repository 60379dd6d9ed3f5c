/**
 * Keeps what this version leaves on a disk, for the tests of all later ones: test/fixtures/upgrades/<version>. The built
 * program itself writes the files, on invented logins and services of this machine (`npm run upgrade-fixture`).
 */
import {copyFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {run} from '../../test/support/run.ts';
import {openTerminal} from '../../test/support/terminal.ts';
import {createWorld} from '../../test/support/world.ts';
import {checkout, manifest} from './variables.ts';

const written = {
  providers: {openai: {intervalSeconds: 300}, zhipu: {enabled: false}},
  order: ['zai', 'openai'],
  display: {theme: 'dark', language: 'en', motion: 'off'},
  thresholds: {warn: 60, critical: 80},
  keys: {refresh: ['r', 'ctrl+r']},
  hidden: ['zai:12345678'],
};

const world = await createWorld(['openai', 'copilot', 'zai', 'google']);
const config = join(world.home, '.config/mystatus-tui');
const state = join(world.home, '.local/state/mystatus-tui');

async function storeLogins(): Promise<void> {
  const labels = {zai: 'work', zhipu: 'home', openrouter: 'all'};
  for (const [provider, label] of Object.entries(labels))
    await run(['login', provider, '--no-verify', '--label', label], world.env, {stdin: `test-${provider}-key\n`});
}

/** What the screen changes in the settings is written by the program itself. */
async function changeSettings(): Promise<void> {
  writeFileSync(join(config, 'config.json'), JSON.stringify(written));
  const terminal = openTerminal({env: world.env});
  await terminal.sees('user@example.com');
  terminal.type('ux');
  await terminal.loses('user@example.com');
  terminal.type('q');
  await terminal.exited;
  terminal.close();
}

function keep(): string {
  const directory = join(checkout, 'test/fixtures/upgrades', manifest().version);
  mkdirSync(directory, {recursive: true});
  // What lies beside the file until somebody writes it in.
  const db = new DatabaseSync(join(state, 'state.db'));
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  for (const name of ['config.json', 'credentials.json']) copyFileSync(join(config, name), join(directory, name));
  copyFileSync(join(state, 'state.db'), join(directory, 'state.db'));
  return directory;
}

await storeLogins();
await changeSettings();
await run(['--json'], world.env);
process.stdout.write(`${keep()}\n`);
await world.close();
// A pseudo terminal that is gone may still hold the loop for a moment.
process.exit();
