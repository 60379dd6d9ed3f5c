import type {Asked} from '../command-line/parse.ts';
import {settingsOf} from '../core/settings.ts';
import {accountsJson, accountsText} from '../surfaces/accounts.ts';
import {languageOf, stringsFor} from '../view/strings/index.ts';
import {print, wantsColor, widthOf} from './output.ts';
import {complainOf, programFor} from './program.ts';

const nothingFound = 3;
// In a pipe nothing is cut: scripts look for whole names.
const wholeWidth = 10_000;

/** Which logins were found, and where. Nothing is asked. */
export async function runAccounts(asked: Asked): Promise<number> {
  const program = await programFor(asked, {ledger: false});
  try {
    const rows = await program.credentials.rows();
    complainOf(program);
    const {settings} = program.settings.store.get();
    const {display} = settings;
    const disabled = program.catalogue.filter(({id}) => !settingsOf(settings, id).enabled).map(({id}) => id);
    const looked = program.named === undefined ? {} : {looked: program.catalogue};
    const options = {now: program.now(), privacy: display.privacy, disabled, ...looked};
    const text = asked.has('json')
      ? accountsJson(rows, options)
      : accountsText(rows, {
          ...options,
          width: widthOf(wholeWidth),
          color: wantsColor(asked.has('no-color')),
          names: Object.fromEntries(program.catalogue.map(({id, name}) => [id, name])),
          strings: stringsFor(languageOf(display.language, process.env)),
        });
    return await print(text, rows.length === 0 ? nothingFound : 0);
  } finally {
    await program.close();
  }
}
