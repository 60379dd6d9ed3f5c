import {plainCells} from './plain-string-width.ts';

/** What of Ink's nodes decides about the rows of a text. */
type Node = {
  style: {width?: unknown};
  childNodes: readonly {nodeName: string; nodeValue?: string}[];
};

export type NodeRows = {text: string; rows: readonly string[]};

const known = new WeakMap<Node, NodeRows & {width: unknown; arePlain: boolean}>();

/**
 * The rows of a text that has its place and width, and nothing in it but plain letters in colours, which all have room:
 * they are written as they are. null for every other text.
 */
export function plainRowsOf(node: Node): NodeRows | null {
  const {width} = node.style;
  if (typeof width !== 'number' || !node.childNodes.every(isText)) return null;
  const text = textOf(node);
  const before = known.get(node);
  if (before?.text === text && before.width === width) return before.arePlain ? before : null;
  const rows = text.split('\n');
  const arePlain = rows.every(row => (plainCells(row) ?? Number.POSITIVE_INFINITY) <= width);
  known.set(node, {text, width, rows, arePlain});
  return arePlain ? {text, rows} : null;
}

const isText = ({nodeName}: {nodeName: string}): boolean => nodeName === '#text';

function textOf({childNodes}: Node): string {
  let text = '';
  for (const {nodeValue} of childNodes) text += nodeValue ?? '';
  return text;
}
