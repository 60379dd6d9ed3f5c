/** In place of `node:crypto` in the bundle that looks for logins: loaded where it is used, which is seldom. */
type Crypto = typeof import('node:crypto');

const crypto = (): Crypto => process.getBuiltinModule('node:crypto');

export const createHash: Crypto['createHash'] = (...parts) => crypto().createHash(...parts);
export const randomBytes = (size: number): Buffer => crypto().randomBytes(size);
