import {sanitize} from '../core/text/sanitize.ts';
import {splitOnce, TemplateError} from './statusline-path.ts';

/** The template of a status line as what it consists of, and back as a line. Fields are known elsewhere. */

const operators = ['<=', '>=', '!=', '<', '>', '='] as const;
export type Comparison = {operator: (typeof operators)[number]; with: string};
export type Condition = {path: string; not: boolean; comparison: Comparison | null};
type Field = {path: string; otherwise: string | undefined};
type Branch = {condition: Condition; holding: Node[]; otherwise: Node[]};
export type Node = string | Field | Branch;

const longestTemplate = 4000;

/** Throws `TemplateError`. */
export function parseTemplate(template: string): Node[] {
  // Between marks, because spaces at the ends of a template are meant.
  const line = sanitize(`|${template}|`, longestTemplate).slice(1, -1);
  const nodes: Node[] = [];
  const open: {branch: Branch; isElse: boolean; outer: Node[]}[] = [];
  let current = nodes;
  const inner = (word: string) => {
    const last = open.at(-1);
    if (last === undefined) throw new TemplateError(`{${word}} without {if …}`);
    return last;
  };
  function put(word: string): void {
    if (word.startsWith('if ')) {
      const branch = {condition: conditionIn(word), holding: [], otherwise: []};
      current.push(branch);
      open.push({branch, isElse: false, outer: current});
      current = branch.holding;
    } else if (word === 'else') {
      const last = inner(word);
      if (last.isElse) throw new TemplateError('{else} twice in one {if …}');
      last.isElse = true;
      current = last.branch.otherwise;
    } else if (word === 'end') {
      current = inner(word).outer;
      open.pop();
    } else current.push(fieldIn(word));
  }
  for (const [whole, inside, text] of line.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[{}]|([^{}]+)/g)) {
    if (inside !== undefined) put(inside.trim());
    else if (text !== undefined) current.push(text);
    else current.push(braceOf(whole));
  }
  if (open.length > 0) throw new TemplateError('{if …} without {end}');
  return nodes;
}

function braceOf(braces: string): string {
  if (braces.length === 1) throw new TemplateError(`unmatched ${braces}: close the field, or write ${braces}${braces}`);
  return braces.charAt(0);
}

function fieldIn(word: string): Field {
  const [path = '', otherwise] = splitOnce(word, '|');
  return {path, otherwise};
}

function conditionIn(word: string): Condition {
  const [, not, path = '', operator, value = ''] =
    /^if +(not +)?([^<>=!]*?) *(?:(<=|>=|!=|<|>|=) *(.*))?$/.exec(word) ?? [];
  const found = operators.find(each => each === operator);
  if (path === '') throw new TemplateError(`{${sanitize(word)}}: nothing to compare`);
  if (operator !== undefined && value === '') throw new TemplateError(`{${sanitize(word)}}: nothing to compare with`);
  return {path, not: not !== undefined, comparison: found === undefined ? null : {operator: found, with: value}};
}

/** Every field that is named anywhere. */
export const pathsIn = (nodes: readonly Node[]): string[] =>
  nodes.flatMap(node => {
    if (typeof node === 'string') return [];
    return 'condition' in node
      ? [node.condition.path, ...pathsIn(node.holding), ...pathsIn(node.otherwise)]
      : [node.path];
  });

export type Reader = {field(path: string): string | null; holds(condition: Condition): boolean; nothing: string};

export const fill = (nodes: readonly Node[], reader: Reader): string =>
  nodes
    .map(node => {
      if (typeof node === 'string') return node;
      if ('condition' in node) return fill(reader.holds(node.condition) ? node.holding : node.otherwise, reader);
      return reader.field(node.path) ?? node.otherwise ?? reader.nothing;
    })
    .join('');

/** `number`: of the field, null where it has none now, undefined where it never has one. Throws `TemplateError`. */
export function compare(
  {path, comparison}: Condition,
  text: string | null,
  number: number | null | undefined,
): boolean {
  if (comparison === null) return text !== null;
  const {operator, with: other} = comparison;
  const wanted = Number(other.replace(/%$/, ''));
  if (operator === '=' || operator === '!=')
    return (number != null && Number.isFinite(wanted) ? number === wanted : text === other) === (operator === '=');
  if (number === undefined || !Number.isFinite(wanted))
    throw new TemplateError(
      `{if ${sanitize(path)} ${operator} …}: only used, left, number and risk compare, with a number`,
    );
  if (number === null) return false;
  return {'<': number < wanted, '<=': number <= wanted, '>': number > wanted, '>=': number >= wanted}[operator];
}
