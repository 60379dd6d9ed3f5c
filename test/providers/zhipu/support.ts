import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {onTestFinished} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import type {Account, Machine} from '../../../src/core/provider.ts';
import {createMachine, type MachineOptions} from '../../../src/system/machine.ts';

/** 2026-08-13T08:00:00Z */
export const now = 1_786_608_000_000;

/** A body in which one row, or several, are the limits. */
export const withLimits = (...limits: unknown[]): unknown => ({code: 200, msg: 'ok', success: true, data: {limits}});

/** What `act` throws. Fails the test when it throws nothing, or anything but a `ProviderError`. */
export async function failureOf(act: () => unknown): Promise<ProviderError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** A machine with a home directory of its own, which holds `files` (by path below it). */
export async function machineWith(
  files: Record<string, string>,
  options: Partial<MachineOptions> = {},
): Promise<Machine> {
  const home = await mkdtemp(join(tmpdir(), 'zhipu-'));
  onTestFinished(() => rm(home, {recursive: true, force: true}));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, path)), {recursive: true});
    await writeFile(join(home, path), text);
  }
  return createMachine({env: {}, platform: 'linux', home, now: () => now, ...options});
}

export const keyOf = ({credential}: Account): string | undefined => (credential as {key?: string} | null)?.key;

/** `provider key source` of each account, in order: what most tests of discovery are about. */
export const summary = (accounts: readonly Account[]): string[] =>
  accounts.map(account => `${keyOf(account) ?? account.problem?.detail} ← ${account.source}`);
