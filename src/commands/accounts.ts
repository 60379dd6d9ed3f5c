import type {ElsewhereRow} from '../core/ledger.ts';
import type {CredentialRow, Services} from '../core/services.ts';
import {settingsOf} from '../core/settings.ts';
import {accountsJson, accountsText} from '../output/accounts.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import {languageOf, stringsFor} from '../view/strings/index.ts';
import {englishWith} from '../view/strings/providers.ts';
import type {Asked} from './args/parse.ts';
import {lookAtLedger, rowElsewhere} from './ledger-look.ts';
import {print, wantsColor, widthOf} from './output.ts';
import {complainOf, searchedPlaces, servicesFor} from './program.ts';

const nothingFound = 3;
// In a pipe nothing is cut: scripts look for whole names.
const wholeWidth = 10_000;

/** Which logins were found, and where. Nothing is asked. */
export async function runAccounts(asked: Asked): Promise<number> {
  const services = await servicesFor(asked, {ledger: false});
  try {
    const rows = [...(await services.credentials.rows())];
    complainOf(services);
    const {settings} = services.settings.store.get();
    const {display} = settings;
    if (!asked.has('demo')) rows.push(...(await rowsElsewhere(services, rows, asked.providers)));
    const disabled = services.catalogue.filter(({id}) => !settingsOf(settings, id).enabled).map(({id}) => id);
    const discovered = services.named === undefined ? {} : {discovered: await searchedPlaces(services)};
    const options = {
      now: services.now(),
      privacy: display.privacy,
      disabled,
      english: englishWith(services.catalogue),
      ...discovered,
    };
    const text = asked.has('json')
      ? accountsJson(rows, options)
      : accountsText(rows, {
          ...options,
          width: widthOf(wholeWidth),
          color: wantsColor(asked.has('no-color')),
          names: Object.fromEntries(services.catalogue.map(({id, name}) => [id, name])),
          strings: stringsFor(languageOf(display.language, process.env), services.catalogue),
        });
    return await print(text, rows.length === 0 ? nothingFound : 0);
  } finally {
    await services.close();
  }
}

/** What only other machines have a login for, where they share a database. */
async function rowsElsewhere(
  {settings}: Services,
  here: readonly CredentialRow[],
  providers: readonly string[] | undefined,
): Promise<CredentialRow[]> {
  const {env, platform} = process;
  const {stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  const look = await lookAtLedger(settings.store.get().settings, stateDirectory);
  look.close();
  const isElsewhere = ({key, provider}: ElsewhereRow): boolean =>
    (providers?.includes(provider) ?? true) && here.every(({account}) => account.key !== key);
  return look.elsewhere.filter(isElsewhere).map(rowElsewhere);
}
