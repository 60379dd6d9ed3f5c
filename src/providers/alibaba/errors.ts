import {ProviderError} from '../../core/model.ts';
import type {RunResult, Wire} from '../../core/provider.ts';
import {unexpectedShape} from '../shared/http.ts';
import {objectsIn} from '../shared/json-in-text.ts';
import {recordOf, toText} from '../shared/values.ts';
import {ask, updateOf} from '../shared/vendor-program.ts';
import {bl, json, signIn} from './program.ts';

const codes = {login: 3, timeout: 5, network: 6};
const signedOut = /not ?log(?:ged|ined)|log in|auth login|no console access token|session[^\n]*expired/i;

const expired = (): ProviderError =>
  new ProviderError('expired', {detail: 'nobody is signed in to the console with bl', remedy: signIn});

/** It ended badly. What it printed is judged, and never shown. */
export async function exitFailure(result: RunResult, path: string, wire: Wire): Promise<ProviderError> {
  const words = wordsOf(result);
  if (result.code === codes.login) return expired();
  // A session that has ended looks like that too.
  if (/no ?permission|forbidden|access ?denied/i.test(words))
    return (await isSignedIn(path, wire)) ? scopeMissing() : expired();
  if (signedOut.test(words)) return expired();
  if (/unknown command/i.test(words))
    return new ProviderError('bad_response', {detail: 'bl does not know the command', remedy: updateOf(bl)});
  if (result.code === codes.timeout) return new ProviderError('timeout', {detail: 'the service did not respond to bl'});
  if (result.code === codes.network)
    return new ProviderError('network', {detail: 'bl cannot reach the service', remedy: 'network'});
  if (/throttl|too many requests/i.test(words))
    return new ProviderError('rate_limited', {detail: 'bl was told to wait'});
  return new ProviderError('server_error', {detail: `bl failed (exit code ${result.code ?? 'unknown'})`});
}

/** It ended well, with nothing in it that was asked for. */
export const noAnswer = (result: RunResult): ProviderError =>
  signedOut.test(wordsOf(result))
    ? expired()
    : unexpectedShape('no usage in the response of bl', objectsIn(result.stdout)[0]);

const wordsOf = ({stderr, stdout}: RunResult): string => `${stderr}\n${stdout}`;

const scopeMissing = (): ProviderError =>
  new ProviderError('scope_missing', {detail: 'this user may not read the usage', remedy: signIn});

async function isSignedIn(path: string, wire: Wire): Promise<boolean> {
  const {stdout} = await ask(bl, path, ['auth', 'status', ...json], wire);
  return objectsIn(stdout).some(status => toText(recordOf(status.console).source) !== undefined);
}
