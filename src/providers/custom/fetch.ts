import {boundTo, type CustomProvider} from '../../core/custom/definition.ts';
import type {CustomGate} from '../../core/custom/gate.ts';
import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {type CustomCredential, givenElsewhere} from './discover.ts';
import {requestReading} from './request.ts';
import {runReading} from './run.ts';

/** One reading. Whether that is allowed is looked at once more: the file of a program may have changed. Throws only `ProviderError`. */
export async function fetchCustom(
  definition: CustomProvider,
  gate: CustomGate,
  account: Account,
  wire: Wire,
): Promise<Reading> {
  const {secret, boundTo: given} = account.credential as CustomCredential;
  // The login may have been found for the definition as it was a moment ago.
  const isElsewhere = secret !== undefined && given !== boundTo(definition);
  const refused =
    account.problem ?? (isElsewhere ? givenElsewhere(definition.id, given) : await gate.refusalOf(definition));
  if (refused !== null)
    throw new ProviderError(refused.code, {detail: refused.detail, ...(refused.remedy && {remedy: refused.remedy})});
  return definition.http === undefined
    ? runReading(definition, secret, gate, wire)
    : requestReading(definition.id, definition.http, secret, gate, wire);
}
