import {expect, onTestFinished} from 'vitest';
import type {Provider} from '../../../src/core/provider.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from './home.ts';

type Answer = ServiceAnswer | ((path: string) => ServiceAnswer);

/** Reads the first account that `env` (or `files`) leads to, from a service on loopback that answers as given. */
export async function askByKey(
  provider: Provider,
  env: Record<string, string>,
  answer: Answer,
  files: Record<string, unknown> = {},
) {
  const service = await startService(request => (typeof answer === 'function' ? answer(request.path) : answer));
  onTestFinished(() => service.close());
  const [account] = await provider.discover((await withHome(files)).machine({env}));
  if (account === undefined) return expect.unreachable('no account was found');
  const wire = createWire({provider, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return {reading: await provider.fetch(account, wire), requests: service.requests};
}

/** Status, body, and the code that comes of them. */
export type Refusal = [status: number, body: unknown, code: string];
/** What a service by key can answer instead of figures, and what becomes of it; what is its own is tested beside. */
export const refusals: Refusal[] = [
  [401, {error: 'no'}, 'auth_rejected'],
  [401, '<html>', 'blocked'],
  [403, {error: 'no'}, 'auth_rejected'],
  [403, '<html>', 'blocked'],
  [429, {}, 'rate_limited'],
  [500, {}, 'server_error'],
  [503, {}, 'server_error'],
  [503, '<html>', 'blocked'],
  [302, '', 'bad_response'],
  [200, '<html>', 'blocked'],
  [200, '', 'bad_response'],
  [200, 'nonsense', 'bad_response'],
  [200, [], 'bad_response'],
  [200, {}, 'bad_response'],
];

/** The same for a login that ends by itself: one that is refused may have ended. */
export const tokenRefusals: Refusal[] = refusals.map(([status, body, code]) =>
  status === 401 && code === 'auth_rejected' ? [status, body, 'expired'] : [status, body, code],
);
