import {ProviderError, type Reading} from '../../core/model.ts';
import type {Account, RunResult, Wire} from '../../core/provider.ts';
import {unexpectedShape} from '../shared/http.ts';
import {objectsIn} from '../shared/json-in-text.ts';
import {ask, requireVersion, updateOf} from '../shared/vendor-program.ts';
import {parseUsage, scopeMissing} from './parse.ts';
import {arkcli, signIn} from './program.ts';

/** Asks arkcli once. Throws only `ProviderError`. */
export async function fetchUsage(account: Account, wire: Wire): Promise<Reading> {
  const {path} = account.credential as {path: string};
  await requireVersion(arkcli, path, wire);
  const result = await ask(arkcli, path, ['usage', 'plan', '--format', 'json'], wire);
  if (result.code !== 0) throw exitFailure(result);
  const printed = objectsIn(result.stdout);
  const usage = printed.find(each => 'items' in each || 'viewer' in each);
  if (usage === undefined) throw unexpectedShape('no usage in the response of arkcli', printed[0]);
  return parseUsage(usage, wire.now());
}

const signedOut =
  /not (?:logged|signed) in|not authenticated|authentication required|login required|auth login|volc sso|token[^\n]*(?:expired|invalid)/i;

/** What it printed is judged, and never shown: it may name people. */
function exitFailure({code, stdout, stderr}: RunResult): ProviderError {
  const words = `${stderr}\n${stdout}`;
  if (signedOut.test(words))
    return new ProviderError('expired', {detail: 'nobody is signed in to arkcli', remedy: signIn});
  if (/AccessDenied|not authorized/i.test(words)) return scopeMissing();
  if (/throttl|FlowLimitExceeded|rate limit|too many requests/i.test(words))
    return new ProviderError('rate_limited', {detail: 'arkcli was told to wait'});
  if (/unknown (?:command|flag|shorthand)/i.test(words))
    return new ProviderError('bad_response', {detail: 'arkcli does not know the command', remedy: updateOf(arkcli)});
  return new ProviderError('server_error', {detail: `arkcli failed (exit code ${code ?? 'unknown'})`});
}
