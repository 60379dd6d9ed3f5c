import type {CustomEntry, Preset} from '../../core/custom/control.ts';
import {takesLogin} from '../../core/custom/definition.ts';
import {needsTrust} from '../../core/custom/gate.ts';
import {nearest} from '../../core/text/nearest.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {UsageError} from '../args/parse.ts';
import {complain, print, reasonOf} from '../output.ts';
import {answered, ask} from '../prompt.ts';
import type {Custom} from './definition.ts';

/** Writes a definition that is shipped into config.json. */
export async function add(custom: Custom): Promise<number> {
  const {services, control} = custom;
  const preset = presetOf(custom);
  const taken = control.entries().entries.some(({id}) => id === preset.name);
  if (taken) return complain(`"${preset.name}" is taken in config.json; give that one another id first`, 1);
  const {written, ...entry} = await entryOf(preset, custom);
  if (entry.definition === null) return complain(services.redact(entry.problems.join('; ')), 2);
  const trouble = await control.add(written, preset.name).then(() => null, reasonOf);
  if (trouble !== null) return complain(`not added: ${services.redact(trouble)}`, 1);
  const {off} = control.entries();
  if (off !== null) complain(off);
  return print(`Added ${preset.title} to config.json as "${preset.name}".\n${nextSteps(entry)}`);
}

function presetOf({asked, control}: Custom): Preset {
  const name = asked.target ?? '';
  const presets = control.presets();
  const found = presets.find(preset => preset.name === name);
  if (found !== undefined) return found;
  const names = presets.map(preset => preset.name);
  const near = nearest(name, names);
  throw new UsageError(
    `unknown preset "${sanitize(name, 40)}"${near === undefined ? '' : `; did you mean ${near}?`} (${names.join(', ')})`,
  );
}

type Written = CustomEntry & {written: unknown};

async function entryOf({name, title, address}: Preset, {asked, control}: Custom): Promise<Written> {
  const given = asked.text('url') ?? null;
  if (given !== null || address === null) return control.preset(name, given);
  if (!process.stdin.isTTY) throw new UsageError(`${name} needs the address of your own: --url ${address}`);
  return answered(
    async () => (await ask(`Address of your ${title} (such as ${address}): `)).trim(),
    answer => {
      const entry = control.preset(name, answer);
      return entry.definition === null ? {problem: entry.problems.join('; ')} : {answer: entry};
    },
  );
}

function nextSteps({id, definition}: CustomEntry): string {
  if (definition === null) return '';
  const variable = definition.http?.auth?.env;
  const steps = [
    ...(needsTrust(definition) ? [`mystatus-tui provider trust ${id}`] : []),
    ...(takesLogin(definition) ? [`mystatus-tui login ${id}`] : []),
    ...(variable === undefined ? [] : [`export ${variable}=…   (your key, where mystatus-tui is started)`]),
    `mystatus-tui provider test ${id}`,
  ];
  return `Next:\n${steps.map(step => `  ${step}\n`).join('')}`;
}
