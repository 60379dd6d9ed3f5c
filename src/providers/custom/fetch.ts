import type {CustomProvider} from '../../core/custom/definition.ts';
import type {CustomGate} from '../../core/custom/gate.ts';
import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import type {CustomCredential} from './discover.ts';
import {requestReading} from './request.ts';
import {runReading} from './run.ts';

/** One reading. Whether that is allowed is looked at once more: the file of a program may have changed. Throws only `ProviderError`. */
export async function fetchCustom(
  definition: CustomProvider,
  gate: CustomGate,
  account: Account,
  wire: Wire,
): Promise<Reading> {
  const refused = account.problem ?? (await gate.refusalOf(definition));
  if (refused !== null)
    throw new ProviderError(refused.code, {detail: refused.detail, ...(refused.remedy && {remedy: refused.remedy})});
  const {secret} = account.credential as CustomCredential;
  return definition.http === undefined
    ? runReading(definition, secret, gate, wire)
    : requestReading(definition.id, definition.http, secret, gate, wire);
}
