import type {Window} from '../../core/model.ts';
import {fullest} from '../shared/use.ts';
import {isRecord, type Json, listOf, toText} from '../shared/values.ts';
import {poolNamed} from './flat.ts';
import {type Length, percentWindow} from './use.ts';

/** The rows of `limits`; `skipped` when one of them is of a kind that no rule reads. */
export type Limits = {windows: Window[]; skipped: boolean};

export function limitWindows(limits: unknown): Limits {
  const rows = listOf(limits).map(toRow);
  return {
    windows: fullest(rows.flatMap(row => (row === null || row === 'nameless' ? [] : [row]))),
    skipped: rows.includes(null),
  };
}

type Kind = {group: string; length: Length; scoped: boolean};
const kinds: ReadonlyMap<unknown, Kind> = new Map<unknown, Kind>([
  ['session', {group: 'session', length: '5h', scoped: false}],
  ['weekly_all', {group: 'weekly', length: 'weekly', scoped: false}],
  ['weekly_scoped', {group: 'weekly', length: 'weekly', scoped: true}],
]);

/** Null for an unknown kind; 'nameless' for a scope that is no pool of its own. `is_active` says only which limit binds now. */
function toRow(row: unknown): Window | 'nameless' | null {
  if (!isRecord(row)) return null;
  const kind = kinds.get(row.kind);
  if (kind === undefined || (toText(row.group) ?? kind.group) !== kind.group) return null;
  if (!kind.scoped) return percentWindow(row, 'percent', kind.length);
  const pool = scopePool(row.scope);
  return pool === null ? 'nameless' : percentWindow(row, 'percent', kind.length, pool);
}

/** The id of a model is rarely told: its name is the key. "All models" is the week itself, told twice. */
function scopePool(scope: unknown): string | null {
  const label = isRecord(scope) ? (nameOf(scope.model) ?? nameOf(scope.surface)) : toText(scope);
  if (label === undefined) return null;
  const pool = poolNamed(label);
  return /(?:^|-)all-models$/.test(pool) ? null : pool;
}

function nameOf(value: unknown): string | undefined {
  if (!isRecord(value)) return toText(value);
  const {display_name: displayName, name, id}: Json = value;
  return toText(displayName) ?? toText(name) ?? toText(id);
}
