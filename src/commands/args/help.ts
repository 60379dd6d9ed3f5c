import {type Command, commands, flagIn} from './description.ts';
import type {Flag} from './flags.ts';

/** Help of one command, or of the program ('' ). */
export function helpOf(command: Command): string {
  const flags = command.flags
    .map(name => flagIn(command, name))
    .map(flag => [`--${flag.name}${valueWord(flag)}`, words(flag)] as const);
  const others =
    command.name === ''
      ? commands.filter(({name}) => name !== '').map(other => [usageOf(other), other.help] as const)
      : [];
  const width = Math.max(...[...flags, ...others].map(([left]) => left.length));
  const rows = (pairs: readonly (readonly [string, string])[]): string =>
    pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
  const sections = [
    `Usage: mystatus-tui ${usageOf(command)}${usageOf(command) === '' ? '' : ' '}[options]\n\n${sentence(command.help)}`,
    ...(others.length > 0 ? [`Commands:\n${rows(others)}`] : []),
    `Options:\n${rows(flags)}`,
    ...(command.name === '' ? ['In the monitor: ? shows the keys, q quits. Manual: README.md and docs/.'] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

export const usageOf = ({name, argument, target}: Command): string =>
  [name, ...(argument === undefined ? [] : [argument.required ? `<${argument.name}>` : `[${argument.name}]`])]
    .concat(target === undefined ? [] : [`[${target.name}]`])
    .join(' ');

const valueWord = ({kind, value, values}: Flag): string =>
  kind === 'extent' ? ` [${values?.join('|') ?? value}]` : value === undefined ? '' : ` <${value}>`;

export function words({kind, help, values, known}: Flag): string {
  if (values === undefined || kind === 'extent') return help;
  return `${help}: ${values.join(', ')}${known === undefined ? '' : ', or one of your own'}`;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
