import type {LedgerRow} from '../core/ledger.ts';
import {nearest} from '../core/text/nearest.ts';
import {sanitize} from '../core/text/sanitize.ts';

/** The fields of a status line's template, and what a path in braces means. */

export const fieldNames = [
  'tightest',
  'provider',
  'id',
  'account',
  'plan',
  'window',
  'limit',
  'used',
  'left',
  'number',
  'bar',
  'resets',
  'age',
  'stale',
  'status',
  'severity',
  'runout',
  'risk',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** A template that cannot be understood; the message is one line for people. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

export type Path = {scope: string | null; window: string | null; field: FieldName};

export function parsePath(
  path: string,
  rows: readonly LedgerRow[],
  names: Readonly<Record<string, string>> | undefined,
): Path {
  const parts = path.split('.');
  const field = parts.at(-1) ?? '';
  const known = parts.length === 1 ? [...fieldNames, 'all'] : fieldNames;
  if (!isField(field)) throw unknown(path, 'field', field, known);
  if (parts.length === 1) return {scope: null, window: null, field};
  const scope = parts[0] ?? '';
  const scopes = [...Object.keys(names ?? {}), ...rows.flatMap(({provider, key}) => [provider, key])];
  // Without a list of providers any name may be one that is not set up yet; an account's key may be gone.
  if (names !== undefined && !scopes.includes(scope.split(':')[0] ?? scope)) {
    throw unknown(path, 'provider', scope, Object.keys(names));
  }
  return {scope, window: parts.length === 2 ? null : parts.slice(1, -1).join('.'), field};
}

const isField = (name: string): name is FieldName => (fieldNames as readonly string[]).includes(name);

function unknown(path: string, kind: string, word: string, known: readonly string[]): TemplateError {
  const near = nearest(word, known);
  const hint = near === undefined ? `one of ${known.join(', ')}` : `did you mean ${near}?`;
  return new TemplateError(`{${sanitize(path)}}: unknown ${kind} ${JSON.stringify(sanitize(word))}: ${hint}`);
}

export function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at).trimEnd(), text.slice(at + 1)];
}
