import type {Binding} from '../../core/custom/binding.ts';
import type {CustomProvider} from '../../core/custom/definition.ts';
import {takesLogin} from '../../core/custom/definition.ts';
import {visible} from '../../core/text/visible.ts';
import {remedyText} from '../../view/format/labels.ts';
import {en} from '../../view/strings/en.ts';
import {UsageError} from '../args/parse.ts';
import {complain, print, reasonOf} from '../output.ts';
import {answered, ask} from '../prompt.ts';
import {type Custom, definitionOf} from './definition.ts';

/** Agrees to what a definition sends or runs, after it was shown. */
export async function trust(custom: Custom): Promise<number> {
  const {services, control} = custom;
  const definition = definitionOf(custom);
  if (typeof definition === 'number') return definition;
  const binding = control.bindingOf(definition);
  if (binding === null) return print(`${definition.id}: there is nothing to trust.\n${nextOf(definition)}`);
  process.stderr.write(`${services.redact(visible(bindingLines(definition, binding).join('\n')))}\n`);
  if (!(await isAgreed(custom, definition, binding)))
    return complain(`${definition.id}: not trusted; nothing is sent or run`, 3);
  const trouble = await control.trust(definition).then(() => null, reasonOf);
  if (trouble !== null) return complain(`not trusted: ${services.redact(trouble)}`, 1);
  const still = await control.refusalOf(definition);
  if (still !== null)
    complain(services.redact(`${still.detail}${still.remedy === null ? '' : ` — ${remedyText(still.remedy, en)}`}`));
  return print(
    `${definition.id} is trusted, until what is shown above changes.\n${nextOf(definition)}`,
    still === null ? 0 : 1,
  );
}

const nextOf = (definition: CustomProvider): string =>
  `Next: ${takesLogin(definition) ? `\`mystatus-tui login ${definition.id}\`, then ` : ''}\`mystatus-tui provider test ${definition.id}\`\n`;

/** Word for word: nothing of it is shortened. */
function bindingLines({name}: CustomProvider, binding: Binding): string[] {
  if (binding.kind === 'http') {
    const {url, header, scheme, env, network} = binding;
    const where = {public: '', private: ' (a private address)', 'this machine': ' (this machine)'}[network];
    return [
      `${name} will send`,
      `  the value of  $${env}`,
      `  to            ${url}${where}`,
      `  in the header ${header}${scheme === '' ? '' : `: ${scheme} …`}`,
    ];
  }
  const {run, passEnv, secretEnv} = binding;
  const [program = '', ...args] = run;
  const variables = [...passEnv, ...(secretEnv === null ? [] : [`${secretEnv} (the stored credential)`])];
  return [
    `${name} will run`,
    `  the program   ${program}`,
    `  arguments     ${args.length === 0 ? 'none' : args.map(each => JSON.stringify(each)).join(' ')}`,
    `  and hand over ${variables.length === 0 ? 'nothing but the usual variables' : variables.join(', ')}`,
  ];
}

/** On a terminal by an answer, elsewhere by naming exactly what is meant. */
async function isAgreed({asked}: Custom, definition: CustomProvider, binding: Binding): Promise<boolean> {
  const flag = binding.kind === 'http' ? 'url' : 'run';
  const other = flag === 'url' ? 'run' : 'url';
  if (asked.has(other)) throw new UsageError(`${definition.id} is trusted by --${flag}, not by --${other}`);
  const named = asked.text(flag);
  if (named !== undefined) return isMeant(named, definition, binding) || notTheSame(flag, named);
  if (!process.stdin.isTTY)
    throw new UsageError(
      `without a terminal, name what is to be trusted: --${flag} <${flag === 'url' ? 'the exact URL' : 'path'}>`,
    );
  return answered(async () => (await ask('Trust it? [y/N] ')).trim().toLowerCase(), judged);
}

const isMeant = (named: string, {command}: CustomProvider, binding: Binding): boolean =>
  binding.kind === 'http' ? named === binding.url : named === binding.run[0] || named === command?.run[0];

function notTheSame(flag: string, named: string): never {
  throw new UsageError(`--${flag} ${named} is not what the definition has`);
}

function judged(answer: string): {answer: boolean} | {problem: string} {
  if (/^(?:y|yes)$/.test(answer)) return {answer: true};
  return /^(?:|n|no)$/.test(answer) ? {answer: false} : {problem: 'y or n'};
}

/** Also of a definition that is no longer there. */
export async function untrust({asked, services, control}: Custom): Promise<number> {
  const id = asked.target ?? '';
  try {
    if (await control.untrust(id)) return await print(`${id} is no longer trusted.\n`);
  } catch (error) {
    return complain(services.redact(reasonOf(error)), 1);
  }
  return complain(services.redact(`${id} was not trusted`), 1);
}
