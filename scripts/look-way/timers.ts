/** In place of `node:timers/promises` in the bundle that looks for logins: what it needs of that, which is seldom. */
const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

export {pause as setTimeout};
