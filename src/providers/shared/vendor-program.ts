import {ProviderError, type Remedy} from '../../core/model.ts';
import type {RunResult, Wire} from '../../core/provider.ts';

/** A vendor's own command that tells the usage with its own login, so that no secret passes through us. */
export type VendorProgram = {
  name: string;
  /** Its package, where that has another name. */
  installedAs?: string;
  /** How it tells its version, the numbers in the first group: another program may bear the name. */
  version: RegExp;
  /** The first version that tells the usage. */
  since: string;
  /** Variables that keep it from doing more than it is asked for. */
  env?: Readonly<Record<string, string>>;
};

const timeoutMs = 15_000;

// A poll is nobody's use of the program: it is not to be reported to its vendor, nor written down beside its login.
const everywhere = {DO_NOT_TRACK: '1'};

export const updateOf = ({name, installedAs = name, since}: VendorProgram): Remedy => ({
  code: 'update',
  name: installedAs,
  version: since,
});

/** Throws `ProviderError` unless it is what it should be. Only a good verdict is remembered: an update is noticed at the next poll. */
export async function requireVersion(program: VendorProgram, path: string, wire: Wire): Promise<void> {
  const slot = `${program.name} version ${path}`;
  if (wire.memory.has(slot)) return;
  const {stdout, stderr} = await ask(program, path, ['--version'], wire);
  const version = program.version.exec(`${stdout}\n${stderr}`)?.[1];
  if (version === undefined)
    throw new ProviderError('no_credentials', {
      detail: `${path} does not say that it is ${program.name}`,
      remedy: updateOf(program),
    });
  if (isBefore(version, program.since))
    throw new ProviderError('bad_response', {
      detail: `${program.name} ${version} cannot report the usage`,
      remedy: updateOf(program),
    });
  wire.memory.set(slot, true);
}

/** What it prints for these arguments, at whatever code it ends. Throws `ProviderError` where it cannot be run. */
export async function ask(
  program: VendorProgram,
  path: string,
  args: readonly string[],
  wire: Wire,
): Promise<RunResult> {
  const {name, env} = program;
  const result = await wire.run(path, args, {timeoutMs, moreEnv: {...everywhere, ...env}});
  requireOurs(result, name, path);
  if (result.timedOut) throw new ProviderError('timeout', {detail: `${name} did not respond in time`});
  if (result.refused === 'not-startable')
    throw new ProviderError('no_credentials', {detail: `${name} cannot be started`, remedy: updateOf(program)});
  return result;
}

/** Throws `ProviderError` for a program that was not started, because other users may change it. */
export function requireOurs({refused}: RunResult, name: string, path: string): void {
  if (refused !== 'open-to-others') return;
  const detail = `other users can change ${name}, so it is not run`;
  throw new ProviderError('no_credentials', {detail, remedy: {code: 'restrict', name: path}});
}

function isBefore(version: string, since: string): boolean {
  const [told, least] = [version, since].map(text => text.split('.').map(Number));
  const at = [0, 1, 2].find(index => (told?.[index] ?? 0) !== (least?.[index] ?? 0));
  return at !== undefined && (told?.[at] ?? 0) < (least?.[at] ?? 0);
}
