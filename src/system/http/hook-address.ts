import {isLoopback} from './origins.ts';

/**
 * Why alerts cannot be sent to an address, as the end of a sentence that begins with its place; null when they can. Its
 * path may be a secret: it is never quoted.
 */
export function whyNoHook(value: string): string | null {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null) return 'is not a URL';
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password';
  const isAllowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return isAllowed ? null : 'must be https:// (http:// only for this machine)';
}
