/** `npm run bench -- <name>… [--quick] [--json]`: measures, side by side in one run, and prints tables. */
import {parseArgs} from 'node:util';
import {engine} from './engine.ts';
import {firstFrame} from './first-frame.ts';
import {fleet} from './fleet.ts';
import {foresight} from './foresight.ts';
import {history} from './history.ts';
import {idle} from './idle.ts';
import {peersTable} from './peers.ts';
import {render} from './render.ts';
import {serve} from './serve.ts';
import {startup} from './startup.ts';
import {type BenchOptions, type Table, textOf} from './support/table.ts';
import {openWorkshop, type Workshop} from './support/workshop.ts';
import {ways} from './ways.ts';

type Bench = (workshop: Workshop, options: BenchOptions) => Promise<Table[]>;

const benches: Readonly<Record<string, Bench>> = {
  startup,
  'first-frame': firstFrame,
  ways,
  render,
  engine,
  idle,
  foresight,
  history,
  fleet,
  serve,
};
/** Only by name: it fetches strangers' programs, and runs them. */
const optional: Readonly<Record<string, Bench>> = {peers: peersTable};
const byName = {...benches, ...optional};

const {positionals, values} = parseArgs({
  allowPositionals: true,
  options: {quick: {type: 'boolean', default: false}, json: {type: 'boolean', default: false}},
});
const names = positionals.includes('all') ? Object.keys(benches) : positionals;

if (names.length === 0 || names.some(name => byName[name] === undefined)) {
  process.stderr.write(
    `usage: npm run bench -- <name>… [--quick] [--json]\nnames: ${Object.keys(byName).join(' ')} all (but ${Object.keys(optional).join(' ')})\n`,
  );
  process.exit(2);
}
const workshop = await openWorkshop();
try {
  for (const name of names) {
    const tables = (await byName[name]?.(workshop, values)) ?? [];
    process.stdout.write(
      values.json ? `${JSON.stringify({bench: name, tables})}\n` : `${tables.map(textOf).join('\n')}\n`,
    );
  }
} finally {
  workshop.close();
}
// A pseudo terminal that is gone may still hold the loop for a moment.
process.exit();
