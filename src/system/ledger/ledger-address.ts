import type {Notice} from '../../core/model.ts';
import type {Settings} from '../../core/settings.ts';
import {whyNoLedger} from './postgres/address.ts';

/** The address of the database that many machines share, as MYSTATUS_LEDGER or the settings have it; null: the file. */
export function ledgerAddress(
  env: Readonly<Record<string, string | undefined>>,
  {ledger}: Pick<Settings, 'ledger'>,
  onNotice: (notice: Notice) => void,
): string | null {
  const told = env.MYSTATUS_LEDGER;
  const why = told ? whyNoLedger(told) : null;
  if (why !== null) onNotice({code: 'environment', text: `MYSTATUS_LEDGER ${why}; it is ignored.`});
  const used = told && why === null ? told : ledger;
  return used === 'sqlite' ? null : used;
}
