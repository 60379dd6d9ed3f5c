import {readFileSync} from 'node:fs';
import type {CustomProvider, HttpSource} from '../../src/core/custom/definition.ts';
import {checkCustom} from '../../src/system/settings/custom-check.ts';

export const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/custom/${name}.json`, import.meta.url), 'utf8'));

/** As config.json would have it. Throws what is wrong with it. */
export function definitionOf(written: unknown): CustomProvider {
  const problems: string[] = [];
  const {definitions} = checkCustom([written], [], (path, why) => problems.push(`${path.join('.')}: ${why}`));
  const [definition] = definitions;
  if (definition === undefined) throw new Error(problems.join('\n'));
  return definition;
}

export function httpOf(written: unknown): HttpSource {
  const {http} = definitionOf(written);
  if (http === undefined) throw new Error('it has no http');
  return http;
}

/** A definition of one window, as far as it is said. */
export const withWindow = (window: Record<string, unknown>, more: Record<string, unknown> = {}): HttpSource =>
  httpOf({
    id: 'acme',
    name: 'Acme',
    http: {url: 'https://acme.example/v1', windows: [{id: '5h', ...window}], ...more},
  });
