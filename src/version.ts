declare const MYSTATUS_VERSION: string;

/** Written in by the bundle. */
export const version: string = typeof MYSTATUS_VERSION === 'string' ? MYSTATUS_VERSION : '0.0.0-dev';
