import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseAst} from 'vitest/node';

/** What a file of TypeScript holds, as its syntax tree says it: words in comments and texts are not taken for code. */

export type FunctionSize = {name: string; line: number; lines: number};
/** `imports`: what is imported or exported again from where, types too, and by calls of `import()`. */
export type SourceFile = {file: string; lines: number; imports: string[]; functions: FunctionSize[]};

export function sourceFilesIn(directory: string): SourceFile[] {
  const files = readdirSync(directory, {recursive: true, encoding: 'utf8'}).filter(file => /\.tsx?$/.test(file));
  return files.map(file => readSource(file, readFileSync(join(directory, file), 'utf8')));
}

export function readSource(file: string, code: string): SourceFile {
  const source: SourceFile = {file, lines: linesOf(code), imports: [], functions: []};
  const lineAt = (offset: number): number => code.slice(0, offset).split('\n').length;
  visit(parseAst(code, {lang: file.endsWith('x') ? 'tsx' : 'ts'}), null, (node, parent) => {
    if (typeof node.source?.value === 'string') source.imports.push(node.source.value);
    if (!/^(ArrowFunctionExpression|FunctionDeclaration|FunctionExpression)$/.test(node.type)) return;
    const line = lineAt(node.start);
    source.functions.push({name: nameOf(node, parent), line, lines: lineAt(node.end) - line + 1});
  });
  return source;
}

const linesOf = (code: string): number => code.replace(/\n$/, '').split('\n').length;

type Node = {type: string; start: number; end: number; [key: string]: unknown} & {
  source?: {value?: unknown};
  id?: {name?: string};
  key?: {name?: string};
};
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

function visit(node: unknown, parent: Node | null, found: (node: Node, parent: Node | null) => void): void {
  if (Array.isArray(node)) for (const each of node) visit(each, parent, found);
  if (!isNode(node)) return;
  found(node, parent);
  for (const child of Object.values(node)) visit(child, node, found);
}

const nameOf = (node: Node, parent: Node | null): string =>
  node.id?.name ?? parent?.id?.name ?? parent?.key?.name ?? '(nameless)';

/** The shortest cycle through each file that is in one, each cycle once; the graph says what each file imports. */
export function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles = [...graph.keys()].flatMap(file => {
    const cycle = wayBack(graph, file);
    return cycle === null ? [] : [fromFirst(cycle)];
  });
  return [...new Map(cycles.map(cycle => [cycle.join(' → '), cycle])).values()];
}

function wayBack(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] | null {
  const seen = new Set<string>();
  const ways = [[start]];
  for (const way of ways) {
    for (const next of graph.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return way;
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return null;
}

/** The same cycle, whichever of its files it was found from. */
function fromFirst(cycle: readonly string[]): string[] {
  const first = cycle.indexOf([...cycle].sort()[0] ?? '');
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
