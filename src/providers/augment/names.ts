export const id = 'augment';
export const variable = 'AUGMENT_SESSION_AUTH';
/** In the home directory, on every platform. */
export const sessionFile = '.augment/session.json';
/** Where logins are looked for, by name. */
export const places = {environment: 'environment', auggie: 'Auggie'} as const;

// One label only, and nothing around it: user info, a port, a path or a query could lead a token elsewhere.
const tenant = /^(?:https:\/\/)?([a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.api\.augmentcode\.com)\/?$/i;

/** The host of the company's or user's own part of the service; undefined when no token may be sent there. */
export const tenantHost = (text: string): string | undefined => tenant.exec(text.trim())?.[1]?.toLowerCase();
