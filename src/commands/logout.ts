import type {Asked} from '../command-line/parse.ts';
import {clean} from '../core/text.ts';
import {complain, print, reasonOf} from './output.ts';
import {programFor} from './program.ts';

/** Forgets one of our own credentials. Another tool's login is named, never touched. */
export async function runLogout(asked: Asked): Promise<number> {
  const wanted = asked.argument ?? '';
  const program = await programFor(asked, {ledger: false});
  try {
    const rows = await program.credentials.rows();
    const row = rows.find(({account, storedId}) => account.key === wanted || storedId === wanted);
    if (row === undefined)
      return complain(`there is no account "${program.redact(clean(wanted))}". "mystatus-tui accounts" lists them.`, 1);
    if (row.storedId === null)
      return complain(`${wanted} is not ours: it stands in ${row.account.source}, and is left as it is.`, 1);
    const trouble = await program.credentials.remove(row.storedId).then(() => null, reasonOf);
    if (trouble !== null) return complain(`not forgotten everywhere: ${program.redact(trouble)}`, 1);
    const {label, source, stored} = row.account;
    const rest = stored ? '' : ` The same account is still found in ${source}, which is left as it is.`;
    return await print(`Forgot ${label} (${wanted}).${rest}\n`);
  } finally {
    await program.close();
  }
}
