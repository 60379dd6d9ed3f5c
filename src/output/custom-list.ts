import type {CustomEntry, CustomStatus} from '../core/custom/control.ts';
import {boundTo, takesLogin} from '../core/custom/definition.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {cellWidth, padEnd} from '../view/format/cells.ts';
import {schemaName} from './report.ts';

/** `status` is null for a definition that is broken. */
type Row = {entry: CustomEntry; status: CustomStatus | null};

/** `provider list`: definitions and what stands in their way. */
type ListEntry = {
  id: string;
  name: string | null;
  kind: 'http' | 'command' | null;
  /** The address, or the program. */
  place: string | null;
  /** Null where nothing has to be trusted. */
  trusted: boolean | null;
  /** Null where none is needed, or where it may not be looked at yet. */
  credential: boolean | null;
  problems: string[];
};

export const customListJson = (rows: readonly Row[]): string =>
  `${JSON.stringify({schema: schemaName, providers: rows.map(entryOf)}, null, 2)}\n`;

function entryOf({entry, status}: Row): ListEntry {
  const {id, definition, problems} = entry;
  return {
    id: sanitize(id, 40),
    name: definition === null ? null : definition.name,
    kind: definition === null ? null : definition.http === undefined ? 'command' : 'http',
    place: definition === null ? null : boundTo(definition),
    trusted: status?.trusted ?? null,
    credential: status?.credential ?? null,
    problems: [...problems, ...(status?.problems ?? [])],
  };
}

export function customListText(rows: readonly Row[]): string {
  if (rows.length === 0)
    return 'config.json describes no provider. `mystatus-tui provider add <preset>` writes one; docs/custom-providers.md says how to write your own.\n';
  const head = ['ID', 'KIND', 'PLACE', 'TRUSTED', 'CREDENTIAL'];
  const table = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, at) => Math.max(...table.map(row => cellWidth(row[at] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => padEnd(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const below = rows.map(row => entryOf(row).problems.map(problem => `  ! ${problem}`));
  return `${[line(head), ...rows.flatMap((row, at) => [line(cellsOf(row)), ...(below[at] ?? [])])].join('\n')}\n`;
}

function cellsOf(row: Row): string[] {
  const {id, kind, place, trusted, credential} = entryOf(row);
  const {definition} = row.entry;
  if (definition === null) return [id || '?', 'broken', '', '', ''];
  const needsCredential = takesLogin(definition) || definition.http?.auth !== undefined;
  return [
    id,
    kind ?? '',
    place ?? '',
    trusted === null ? 'not needed' : trusted ? 'yes' : 'no',
    credential === null ? (needsCredential ? 'once trusted' : 'not needed') : credential ? 'yes' : 'no',
  ];
}
