import type {NumberSource, WindowMapping} from '../../core/custom/definition.ts';
import {type Path, valueAt} from '../../core/custom/path.ts';
import {windowOf} from '../../core/custom/period.ts';
import type {Amount, Unit, Use, Window} from '../../core/model.ts';
import {fullest, unlimitedUse} from '../shared/use.ts';
import {difference, tidy, toNumber} from '../shared/values.ts';
import {isMet, numberAt, type Told, timeAt} from './figures.ts';

/** What a mapping could not read: where in the definition, and where in the body or in one of its rows. */
export type Unread = {place: string; path: Path; why: string; row: unknown};
/** `skipped`: rows that have no name. */
export type MappedWindows = {windows: Window[]; unread: Unread[]; skipped: boolean};

const mostRows = 100;

/** The windows of a body; of two of one id the one that is used more. */
export function mapWindows(mappings: readonly WindowMapping[], body: unknown, now: number): MappedWindows {
  const unread: Unread[] = [];
  const all = mappings.flatMap((mapping, at) => rowsOf(mapping, `windows[${at}]`, body, now, unread));
  const windows = all.filter(window => window !== null);
  return {windows: fullest(windows), unread, skipped: windows.length < all.length};
}

/** What one mapping makes of a body; null for a row without a name. */
export function rowsOf(
  mapping: WindowMapping,
  place: string,
  body: unknown,
  now: number,
  unread: Unread[],
): (Window | null)[] {
  const {each} = mapping;
  if (each === undefined) return windowIn(mapping, place, body, now, unread);
  const list = valueAt(body, each);
  if (Array.isArray(list)) {
    const rows = list.slice(0, mostRows).flatMap(row => windowIn(mapping, place, row, now, unread));
    return list.length > mostRows ? [...rows, null] : rows;
  }
  const why = list === undefined ? 'missing' : 'not a list';
  unread.push({place: `${place}.each`, path: each, why, row: body});
  return idsOf(mapping).map(id => windowFrom(id, mapping, {state: 'unknown', why: `${place}.each: ${why}`}, null));
}

const idsOf = ({id}: WindowMapping): string[] => (typeof id === 'string' ? [id] : [...new Set(Object.values(id.map))]);

function windowIn(
  mapping: WindowMapping,
  place: string,
  row: unknown,
  now: number,
  unread: Unread[],
): (Window | null)[] {
  if (mapping.when !== undefined && !isMet(mapping.when, row)) return [];
  const id = nameIn(mapping, row);
  if (id === 'other') return [];
  if (id === null) {
    const path = typeof mapping.id === 'string' ? [] : mapping.id.path;
    unread.push({place: `${place}.id`, path, why: 'missing', row});
    return [null];
  }
  const use = usageIn(mapping, place, row, unread);
  return [windowFrom(id, mapping, use, timeAt(mapping.resetsAt, row, now))];
}

/** Null where the row has no name; `other` for one outside the map, which is not meant. */
function nameIn({id}: WindowMapping, row: unknown): string | null {
  if (typeof id === 'string') return id;
  const name = valueAt(row, id.path);
  const isName =
    typeof name === 'string' || typeof name === 'number' || (name === null && Object.hasOwn(id.map, 'null'));
  if (!isName) return null;
  return Object.hasOwn(id.map, String(name)) ? (id.map[String(name)] ?? null) : 'other';
}

function windowFrom(id: string, mapping: WindowMapping, use: Use, resetsAt: number | null): Window {
  const {pool, windowMs} = windowOf(id, resetsAt) ?? {pool: null, windowMs: null};
  return {id, pool, windowMs, resetsAt, use, unit: mapping.unit ?? usualUnit(mapping)};
}

const usualUnit = ({usedPercent, remainingPercent}: WindowMapping): Unit =>
  usedPercent === undefined && remainingPercent === undefined ? 'count' : 'percent';

type Figure = 'usedPercent' | 'remainingPercent' | 'used' | 'remaining' | 'limit';
type Figures = Partial<Record<Figure, number>>;

const figureNames: readonly Figure[] = ['usedPercent', 'remainingPercent', 'used', 'remaining', 'limit'];

function usageIn(mapping: WindowMapping, place: string, row: unknown, unread: Unread[]): Use {
  const told = figureNames.flatMap(name => toldIn(mapping[name], name, row));
  const figures: Figures = Object.fromEntries(
    told.flatMap(({name, figure}) => ('value' in figure ? [[name, figure.value]] : [])),
  );
  const {used} = figures;
  if (mapping.unlimited !== undefined && isMet(mapping.unlimited, row)) return unlimitedUse(used);
  for (const {name, figure} of told)
    if ('why' in figure) {
      unread.push({place: `${place}.${name}`, path: figure.path, why: figure.why, row});
      return {state: 'unknown', why: `${place}.${name}: ${figure.why}`};
    }
  return usageOf(figures, mapping.scale === undefined ? 1 : 100, place);
}

const toldIn = (source: NumberSource | undefined, name: Figure, row: unknown): {name: Figure; figure: Told}[] =>
  source === undefined ? [] : [{name, figure: numberAt(source, row)}];

function usageOf({usedPercent, remainingPercent, ...counts}: Figures, scale: number, place: string): Use {
  if (usedPercent !== undefined) return percent(usedPercent * scale, place);
  if (remainingPercent !== undefined) return percent(100 - remainingPercent * scale, place);
  const limit = counts.limit ?? sum(counts.used, counts.remaining);
  const used = counts.used ?? difference(limit, counts.remaining);
  if (used === undefined || limit === undefined) return {state: 'unknown', why: `${place}: out of range`};
  if (limit <= 0) return {state: 'unknown', why: `${place}.limit: not above 0`};
  return percent((used / limit) * 100, place, {used, limit});
}

const sum = (used: number | undefined, remaining: number | undefined): number | undefined =>
  used === undefined || remaining === undefined ? undefined : toNumber(tidy(used + remaining));

/** Never clamped: 102 is 102. */
function percent(value: number, place: string, counts: {used?: number; limit?: number} = {}): Use {
  const usedPercent = toNumber(tidy(value));
  return usedPercent === undefined || Math.abs(usedPercent) > 1e15
    ? {state: 'unknown', why: `${place}: out of range`}
    : {state: 'known', usedPercent, ...counts};
}

/** Two figures of one name and unit could not be told apart. */
export const firstOfEach = (amounts: readonly Amount[]): Amount[] =>
  [...new Map(amounts.toReversed().map(amount => [`${amount.id} ${amount.unit}`, amount])).values()].toReversed();
