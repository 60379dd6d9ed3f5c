import type {Delivered} from '../../core/alerts/message.ts';
import type {Clock} from '../../core/clock.ts';
import {ProviderError} from '../../core/model.ts';
import {whyNoHook} from '../http/hook-address.ts';
import {createWire} from '../http/wire.ts';
import type {Environment} from '../programs/find.ts';

/** JSON to an address of the user's: no redirect is followed, and what failed is tried once more. Addresses are secrets. */

const longestMs = 5000;
const retryMs = 30_000;

export type PostOptions = {
  env: Environment;
  version: string;
  clock: Clock;
  longestMs?: number;
  again?: boolean | undefined;
};

export async function post(address: string, body: object, options: PostOptions): Promise<Delivered> {
  const why = whyNoHook(address);
  if (why !== null) return {ok: false, how: `the address ${why}`};
  const first = await once(new URL(address), body, options);
  if (!first.again || options.again === false) return first;
  await new Promise<void>(resolve => options.clock.after(retryMs, resolve));
  return once(new URL(address), body, options);
}

/** `again`: another try may help. */
async function once(url: URL, body: object, options: PostOptions): Promise<Delivered & {again: boolean}> {
  const {env, version, clock} = options;
  // The wire sends to hosts that it knows; here the user's own stands in for one that nobody has.
  const host = 'hook.invalid';
  const provider = {id: 'alerts', hosts: [host]};
  const deadlineMs = options.longestMs ?? longestMs;
  const wire = createWire({provider, origin: url.origin, env, version, now: clock.now, deadlineMs});
  try {
    const {status} = await wire.send({
      method: 'POST',
      url: `https://${host}${url.pathname}${url.search}`,
      headers: {'content-type': 'application/json'},
      body: JSON.stringify(body),
    });
    const ok = status >= 200 && status < 300;
    return {ok, how: `${url.host} responded with HTTP ${status}`, again: status >= 500 || status === 429};
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const again = error.code === 'network' || error.code === 'timeout';
    return {ok: false, how: `${url.host}: ${error.message}`, again};
  }
}
