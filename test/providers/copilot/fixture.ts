import {readFileSync} from 'node:fs';

/** A file of test/fixtures/copilot, by its whole name. */
export const fixtureText = (name: string): string =>
  readFileSync(new URL(`../../fixtures/copilot/${name}`, import.meta.url), 'utf8');

/** A body as GitHub sends it: test/fixtures/copilot/<name>.json. */
export const fixture = (name: string): unknown => JSON.parse(fixtureText(`${name}.json`));

/** 7 October 2026, 08:00 UTC. */
export const now = Date.UTC(2026, 9, 7, 8);
export const november = Date.UTC(2026, 10, 1);
export const day = 86_400_000;
