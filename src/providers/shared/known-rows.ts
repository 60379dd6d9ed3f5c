import type {Machine, Rows} from '../../core/provider.ts';
import {isLocked} from './opencode-store.ts';

// What was read last, by the one function that a machine and its copies have in common.
const lastRead = new WeakMap<Machine['query'], Map<string, Rows>>();

/** Rows of another program's SQLite file. While its owner keeps it locked, what was known of it holds; `missing` if nothing was. */
export async function knownRows({query}: Machine, path: string, sql: string): Promise<Rows> {
  const known = lastRead.get(query) ?? new Map<string, Rows>();
  lastRead.set(query, known);
  const slot = `${path}\n${sql}`;
  const read = await query(path, sql);
  if (isLocked(read)) return known.get(slot) ?? {state: 'missing'};
  known.set(slot, read);
  return read;
}
