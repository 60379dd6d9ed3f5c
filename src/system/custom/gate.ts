import {realpathSync} from 'node:fs';
import type {CommandSource, CustomProvider} from '../../core/custom/definition.ts';
import {type CustomGate, expanded, refusal} from '../../core/custom/gate.ts';
import type {Failure} from '../../core/model.ts';
import {ignoreErrors} from '../files/private-file.ts';
import {troubleWithProgram} from './permissions.ts';
import {isTrusted} from './trust.ts';

type GateOptions = Pick<CustomGate, 'env' | 'platform' | 'home'> & {
  /** Where the record of trust lies. */
  directory: string;
  /** The user has just agreed to it, for this once. */
  isAgreed?: true;
};

/** Lets through what the user has agreed to, and programs that nobody else can have changed. */
export const createGate = ({directory, env, platform, home, isAgreed}: GateOptions): CustomGate => ({
  env,
  platform,
  home,
  async refusalOf(definition) {
    if (!isAgreed && !isTrusted(directory, definition, home)) return notTrusted(definition);
    return definition.command === undefined ? null : unsafe(definition.id, definition.command, home);
  },
});

const notTrusted = ({id, http}: CustomProvider): Failure =>
  refusal(
    {code: http === undefined ? 'not-trusted-program' : 'not-trusted', name: id},
    {code: 'run', command: `mystatus-tui provider trust ${id}`},
  );

async function unsafe(id: string, {run: [program]}: CommandSource, home: string): Promise<Failure | null> {
  const trouble = await troubleWithProgram(expanded(program, home));
  if (trouble === null) return null;
  const path = shortened(trouble.path, home);
  const remedy = trouble.why === 'writable' ? ({code: 'run', command: `chmod go-w ${path}`} as const) : null;
  return refusal({code: trouble.why, name: id, place: path}, remedy);
}

/** `~/bin/gauge`. The way to a program is told without links; the home directory may be one. */
function shortened(path: string, home: string): string {
  const homes = [home, ignoreErrors(() => realpathSync(home), home)];
  const within = homes.find(each => path.startsWith(`${each}/`));
  return within === undefined ? path : `~${path.slice(within.length)}`;
}
