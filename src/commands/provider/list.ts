import {visible} from '../../core/text/visible.ts';
import {customListJson, customListText} from '../../output/custom-list.ts';
import {complain, print} from '../output.ts';
import type {Custom} from './definition.ts';

/** What config.json describes, whether it is trusted and has a credential, and what is wrong with it. No network. */
export async function list({asked, services, control}: Custom): Promise<number> {
  const {entries, problems, off} = control.entries();
  const rows = await Promise.all(
    entries.map(async entry => ({
      entry,
      status: entry.definition === null ? null : await control.status(entry.definition),
    })),
  );
  for (const problem of [...problems, ...(off === null ? [] : [off])]) complain(services.redact(problem));
  return print(services.redact(visible(asked.has('json') ? customListJson(rows) : customListText(rows))));
}
