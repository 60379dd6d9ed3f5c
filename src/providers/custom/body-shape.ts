import {isTooDeep, type Path, pathText, segmentsOf, valueAt} from '../../core/custom/path.ts';
import type {ShapeLine} from '../../core/custom/trial.ts';
import {sanitize} from '../../core/text/sanitize.ts';

const mostLines = 200;
const mostRows = 100;

/** Every path in a body and what stands there, without a value; rows of a list are one row. */
export function shapeLines(body: unknown): ShapeLine[] {
  if (isTooDeep(body)) return [];
  const types = new Map<string, Set<string>>();
  visit(body, '', types);
  const lines = [...types].map(([path, kinds]) => ({path: path || '(the whole)', type: [...kinds].join(' or ')}));
  const inside = lines.length > 1 && types.get('')?.has('object') ? lines.slice(1) : lines;
  return inside.length > mostLines ? [...inside.slice(0, mostLines), {path: '…', type: 'and more'}] : inside;
}

function visit(value: unknown, path: string, types: Map<string, Set<string>>): void {
  if (types.size > mostLines + 1) return;
  types.set(path, (types.get(path) ?? new Set()).add(typeOf(value)));
  if (Array.isArray(value)) for (const row of value.slice(0, mostRows)) visit(row, `${path}[]`, types);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) visit(each, below(path, key), types);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? `list of ${value.length}` : typeof value;
}

/** A key that a path cannot spell stands in quotes: it is written as one of a list of keys. */
function below(path: string, key: string): string {
  const isPlain = /^[A-Za-z0-9_-]+$/.test(key);
  const text = sanitize(key, 60);
  return isPlain ? `${path === '' ? '' : `${path}.`}${text}` : `${path}[${JSON.stringify(text)}]`;
}

const mostNamed = 12;

/** What stands where a path found nothing: the keys of the last object on its way. */
export function beside(row: unknown, path: Path): string[] {
  const segments = segmentsOf(path) ?? [];
  const missing = segments.findIndex((_, at) => valueAt(row, asPath(segments.slice(0, at + 1))) === undefined);
  if (missing < 0) return [];
  const parent = segments.slice(0, missing);
  const holder = parent.length === 0 ? row : valueAt(row, asPath(parent));
  if (Array.isArray(holder)) return [`a list of ${holder.length}`];
  if (typeof holder !== 'object' || holder === null) return [];
  const begin = pathText(asPath(parent));
  return Object.keys(holder)
    .slice(0, mostNamed)
    .map(key => below(begin, key));
}

/** Keys and places, as one path: `data.limits[0]`. */
const asPath = (segments: readonly (string | number)[]): Path =>
  segments.every(each => typeof each === 'string')
    ? segments
    : segments.map((each, at) => (typeof each === 'number' ? `[${each}]` : `${at === 0 ? '' : '.'}${each}`)).join('');
