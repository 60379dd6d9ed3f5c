import type {AlertMemory, AlertParts} from '../core/alerts/memory.ts';
import type {Ledger, LocalLedger} from '../core/ledger.ts';
import type {Notice} from '../core/model.ts';
import type {Settings} from '../core/settings.ts';

/** The ledger that many machines share. */

export type FleetPlace = {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  protect(secret: string): void;
  /** Why it is not there, or may only be read; null: all is well (again). */
  onFleet(notice: Notice | null): void;
};

type Beside = {
  own(alerts: AlertParts | undefined): LocalLedger & AlertMemory;
  /** Of a copy that gives them: the screen, which does not wait for the database. */
  alerts: AlertParts | undefined;
  keepsHistory(): boolean;
};

/** Its driver is loaded only here. */
export async function openFleetLedger(
  address: string,
  {machine}: Settings,
  {onFleet, ...place}: FleetPlace,
  beside: Beside,
): Promise<Ledger & AlertMemory> {
  const {openOnPostgres, machineName} = await import('../system/ledger/postgres/open.ts');
  const isLive = beside.alerts !== undefined;
  const ledger = openOnPostgres(
    {address, ...place},
    {...beside, machine: machineName(machine), readsPast: isLive, onNotice: onFleet},
  );
  if (!isLive) await ledger.ready;
  return ledger;
}
