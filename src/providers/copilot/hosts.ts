/** The public GitHub, or a company's own 'acme.ghe.com'. A token goes only to the host that it was issued for. */
export type GithubHost = string;
export const publicHost: GithubHost = 'github.com';

export const apiOrigin = (host: GithubHost): string => `https://api.${host}`;

// One label only, and nothing around it: user info, a port, a path or a query could lead a token elsewhere.
const tenant = /^(?:https:\/\/)?((?!api\.)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.ghe\.com)\/?$/i;

/** The host that `text` ('acme.ghe.com', 'https://acme.ghe.com') names; undefined when no token may be sent there. */
export function githubHost(text: string): GithubHost | undefined {
  const plain = text.trim();
  if (/^(?:https:\/\/)?github\.com\/?$/i.test(plain)) return publicHost;
  return tenant.exec(plain)?.[1]?.toLowerCase();
}

/** A name as a label: the host is said where it is not the public one. */
export const at = (name: string, host: GithubHost): string => (host === publicHost ? name : `${name}@${host}`);
