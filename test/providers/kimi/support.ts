import {readFileSync} from 'node:fs';

/** The moment at which the samples were taken. */
export const sampledAt = Date.parse('2026-11-27T20:00:00Z');

export const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/kimi/${name}.json`, import.meta.url), 'utf8'));
