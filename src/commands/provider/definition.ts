import type {CustomControl, CustomEntry} from '../../core/custom/control.ts';
import type {CustomProvider} from '../../core/custom/definition.ts';
import type {Services} from '../../core/services.ts';
import {nearest} from '../../core/text/nearest.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {type Asked, UsageError} from '../args/parse.ts';
import {complain} from '../output.ts';

/** What an action works with. */
export type Custom = {asked: Asked; services: Services; control: CustomControl};

/** The definition that is named; else the exit code, after what is wrong was said. Throws `UsageError` for a name that there is not. */
export function definitionOf({asked, control, services}: Custom): CustomProvider | number {
  const id = asked.target ?? '';
  const {entries, problems, off} = control.entries();
  const entry = entries.find(each => each.id === id);
  if (entry === undefined && problems.length > 0) return said(problems, services, 2);
  if (entry === undefined) throw new UsageError(unknown(id, entries));
  const {definition} = entry;
  if (definition === null) return said(entry.problems, services, 2);
  if (off !== null) return said([`${id}: ${off}`], services, 3);
  said(entry.problems, services, 0);
  return definition;
}

function said(problems: readonly string[], {redact}: Services, code: number): number {
  for (const problem of problems) complain(redact(problem));
  return code;
}

function unknown(id: string, entries: readonly CustomEntry[]): string {
  const ids = entries.map(each => each.id).filter(Boolean);
  const near = nearest(id, ids);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return `config.json describes no provider "${sanitize(id, 40)}"${hint}${ids.length === 0 ? '' : ` (${ids.join(', ')})`}`;
}
