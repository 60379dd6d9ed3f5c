import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {expect, it, onTestFinished} from 'vitest';

const at = (path: string): string => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);

/** Another copy that gives alerts: each line is a reading that it writes; it answers with what it has to tell. */
const program = `
  import {createInterface} from 'node:readline';
  import {createWatcher} from ${at('src/core/alerts/watcher.ts')};
  import {defaultSettings} from ${at('src/core/settings.ts')};
  import {openLedger} from ${at('src/system/ledger/ledger.ts')};
  import {failed, noon, rowOf} from ${at('test/core/alerts/support.ts')};
  let told = [];
  let now = noon;
  const watcher = createWatcher({settings: () => defaultSettings.alerts, forecastOf: () => () => null});
  const tell = events => told.push(...events.map(({event}) => event));
  const ledger = openLedger({directory: process.argv[1], onNotice() {}, now: () => now, alerts: {watcher, tell, changed() {}}});
  let {version} = ledger.changes(0);
  console.log('ready');
  for await (const line of createInterface({input: process.stdin})) {
    const {minutes, used, code} = JSON.parse(line);
    now = noon + minutes * 60_000;
    const row = rowOf(minutes * 60_000, [{used}]);
    ledger.settle(code === undefined ? row : failed(row, minutes * 60_000, code), now);
    // A busy file: it is written with the next beats.
    for (let beat = 0; beat < 5; beat += 1) ({version} = ledger.changes(version));
    console.log(JSON.stringify(told));
    told = [];
  }
`;

type Copy = {child: ChildProcess; read(reading: object): Promise<string[]>};

async function startCopy(path: string): Promise<Copy> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning'},
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({input: child.stdout});
  const next = async (): Promise<string> => String((await once(lines, 'line'))[0]);
  await next();
  return {
    child,
    async read(reading) {
      const answer = next();
      child.stdin.write(`${JSON.stringify(reading)}\n`);
      return JSON.parse(await answer);
    },
  };
}

it('eight processes that write the same at the same time tell each event once, restarts included', {
  timeout: 60_000,
}, async () => {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-alert-copies-'));
  onTestFinished(() => rmSync(path, {recursive: true, force: true}));
  const copies = await Promise.all(Array.from({length: 8}, () => startCopy(path)));
  const all = async (reading: object): Promise<string[]> =>
    (await Promise.all(copies.map(copy => copy.read(reading)))).flat();
  expect(await all({minutes: 0, used: 80})).toEqual([]);
  expect(await all({minutes: 1, used: 91})).toEqual(['threshold']);
  expect(await all({minutes: 2, used: 90.5})).toEqual([]);
  for (const index of [0, 3, 5]) {
    copies[index]?.child.kill('SIGKILL');
    copies[index] = await startCopy(path);
  }
  expect(await all({minutes: 3, used: 95})).toEqual([]);
  expect(await all({minutes: 4, used: 100})).toEqual(['spent']);
  expect(await all({minutes: 5, used: 100, code: 'expired'})).toEqual(['login']);
  expect(await all({minutes: 6, used: 100, code: 'expired'})).toEqual([]);
});
