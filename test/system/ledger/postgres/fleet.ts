import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {openLedger} from '../../../../src/system/ledger/ledger.ts';
import {addressOf} from '../../../../src/system/ledger/postgres/address.ts';
import {connect} from '../../../../src/system/ledger/postgres/connection.ts';
import {type FleetLedger, openFleet} from '../../../../src/system/ledger/postgres/fleet.ts';
import type {FleetOptions, Trouble} from '../../../../src/system/ledger/postgres/parts.ts';

/** Machines of a test: each with a state directory of its own, on one database. */

export type Machine = FleetLedger & {troubles: (Trouble | null)[]; directory: string};

export function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-fleet-'));
  onTestFinished(() => rmSync(path, {recursive: true, force: true}));
  return path;
}

export type MachineOptions = Partial<Omit<FleetOptions, 'open' | 'own' | 'onTrouble'>> & {
  path?: string;
  now?: () => number;
};

export function openMachine(url: string, {path = directory(), now, ...options}: MachineOptions = {}): Machine {
  const troubles: (Trouble | null)[] = [];
  const clock = options.clock ?? {now: now ?? Date.now, after: later};
  const ledger = openFleet({
    machine: 'one',
    // A test whose clock is its own has the database on the same.
    ...(now !== undefined || options.clock !== undefined ? {offsetOf: () => 0} : {}),
    ...options,
    clock,
    open: () => connect({...addressOf(url, {}), password: null, ways: [false]}),
    own: alerts =>
      openLedger({
        directory: path,
        now: clock.now,
        onNotice() {},
        ...(options.keepsHistory ? {keepsHistory: options.keepsHistory} : {}),
        alerts,
      }),
    onTrouble: trouble => void troubles.push(trouble),
  });
  onTestFinished(() => ledger.close());
  return Object.assign(ledger, {troubles, directory: path});
}

function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
