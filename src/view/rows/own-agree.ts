import type {Binding} from '../../core/custom/binding.ts';
import type {CustomProvider} from '../../core/custom/definition.ts';
import type {ViewContext} from '../context.ts';
import type {Plan} from '../own-pages.ts';
import type {Strings} from '../strings/index.ts';
import {blank, type Line, span, wrapped} from './line.ts';

/** What a described provider will send or run, word for word: nothing of it is shortened. */

/** A question that stays while what it is about scrolls. */
export type QuestionView = {lines: Line[]; pinned: Line[]};

/** Before it is tried. */
export function agreeView({definition, secret, binding}: Plan, width: number, {strings}: ViewContext): QuestionView {
  const words = strings.own;
  const isProgram = definition.http === undefined;
  const texts = isProgram ? programTexts(definition, binding, words) : requestTexts(definition, secret, words);
  return {
    pinned: [...wrapped(`${definition.name}: ${words.goOn}`, width), blank],
    lines: [
      ...wrapped(isProgram ? words.runOnce : words.sendOnce, width),
      ...indented(texts, width),
      ...networkLines(binding, width, words),
    ],
  };
}

/** What is agreed to by keeping it; nothing where there is nothing to agree to. */
export function trustLines({definition, secret, binding}: Plan, width: number, {strings}: ViewContext): Line[] {
  const words = strings.own;
  if (binding === null) return [];
  const texts =
    binding.kind === 'http' ? requestTexts(definition, secret, words) : programTexts(definition, binding, words);
  return [...wrapped(words.trusts, width), ...indented(texts, width), blank];
}

const indented = (texts: readonly string[], width: number): Line[] =>
  texts.flatMap(text => wrapped(text, width - 2, 'accent').map(line => [span('  '), ...line]));

function requestTexts({http}: CustomProvider, secret: string, words: Strings['own']): string[] {
  if (http === undefined) return [];
  const {url, auth} = http;
  if (auth === undefined) return [`GET ${url}`];
  const {header, scheme, env} = auth;
  const value = secret === '' ? `$${env ?? ''}` : `<${words.typedKey}>`;
  return [`GET ${url}`, `${header}: ${scheme === '' ? '' : `${scheme} `}${value}`];
}

function programTexts({command}: CustomProvider, binding: Binding | null, words: Strings['own']): string[] {
  const run = binding?.kind === 'command' ? binding.run : (command?.run ?? []);
  const names = [...(command?.passEnv ?? []), ...(command?.secretEnv === undefined ? [] : [command.secretEnv])];
  const [program = '', ...args] = run;
  return [
    [program, ...args.map(each => JSON.stringify(each))].join(' '),
    ...(names.length === 0 ? [] : [words.handedOver(names.join(', '))]),
  ];
}

function networkLines(binding: Binding | null, width: number, words: Strings['own']): Line[] {
  const where = binding?.kind === 'http' ? binding.network : 'public';
  return where === 'public' ? [] : wrapped(`(${words.network[where]})`, width, 'warn');
}
