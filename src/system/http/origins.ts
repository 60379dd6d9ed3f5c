/** True for names and addresses that never leave this machine: localhost, 127.0.0.0/8, [::1]. As `URL.hostname` spells them. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

export const urlVariable = (provider: string): string => `MYSTATUS_${provider.toUpperCase().replaceAll('-', '_')}_URL`;

export type Origin = {origin: string | null} | {problem: string};

/**
 * Where the requests of a provider go when it is not to its own hosts: `MYSTATUS_<ID>_URL`, else the settings. The
 * environment may name this machine only: a project's `.env` must not be able to take a token elsewhere. A value that may
 * not be used is a problem, one line that names the value's place and never the value itself (it may hold a password); no
 * request may then be made.
 */
export function originFor(
  provider: string,
  env: Readonly<Record<string, string | undefined>>,
  settingsUrl: string | null,
): Origin {
  const variable = urlVariable(provider);
  const setting = `providers.${provider}.url`;
  const given = env[variable]?.trim();
  if (given) return judged(variable, given, whyNotInEnvironment(given, setting));
  const set = settingsUrl?.trim();
  return set ? judged(setting, set, whyNotInSettings(set)) : {origin: null};
}

const judged = (place: string, value: string, reason: string | null): Origin =>
  reason === null ? {origin: new URL(value).origin} : {problem: `${place} ${reason}`};

/** Why an address in the settings is refused, as the end of a sentence that begins with its place; null when it may be used. */
export function whyNotInSettings(value: string): string | null {
  const reason = whyNotPlain(value);
  if (reason !== null || isSecure(value) || isOfThisMachine(value)) return reason;
  return 'must be https:// (http:// only for this machine)';
}

function whyNotInEnvironment(value: string, setting: string): string | null {
  const reason = whyNotPlain(value);
  if (reason !== null || isOfThisMachine(value)) return reason;
  return `may only name this machine (localhost, 127.0.0.1, [::1]); another host must be set as ${setting} in config.json`;
}

const isSecure = (value: string): boolean => new URL(value).protocol === 'https:';
const isOfThisMachine = (value: string): boolean => isLoopback(new URL(value).hostname);

// What stands between scheme and path must be a host as it is written in a certificate: no '@', '%', '\' or letters of
// other scripts, over which two readers could disagree about where the request goes.
const plainOrigin = /^https?:\/\/(?<host>[a-z\d.-]+|\[[\da-f:.]+\])(?::\d{1,5})?\/?$/i;

function whyNotPlain(value: string): string | null {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null) return 'is not a URL';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.username !== '' || url.password !== '' || value.includes('@'))
    return 'must not contain a user name or password';
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(value)) return 'must not have a query or a fragment';
  if (url.pathname !== '/') return 'must not have a path: the service’s own paths are used';
  const host = plainOrigin.exec(value)?.groups?.host?.toLowerCase();
  return host === undefined || (host !== url.hostname && !host.startsWith('[')) ? 'has an unusual host name' : null;
}

const plainAddress = /^https?:\/\/(?<host>[a-z\d.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?=[/?]|$)[\x21-\x7e]*$/i;

/** The same for the address of a provider that the user describes: with path and query, as it is requested. */
export function whyNotCustomUrl(value: string): string | null {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null) return 'is not a URL';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    return 'must be https, or http on this machine';
  if (url.username !== '' || url.password !== '' || /^[^/]*\/\/[^/?]*@/.test(value))
    return 'must not contain a user name or password';
  if (value.includes('#')) return 'must not have a fragment';
  if (value.includes('${')) return 'must not have placeholders';
  const host = plainAddress.exec(value)?.groups?.host?.toLowerCase();
  return host === undefined || (host !== url.hostname && !host.startsWith('[')) ? 'has an unusual host name' : null;
}
