import {readdirSync, readFileSync} from 'node:fs';
import {expect, it} from 'vitest';

const dist = new URL('../../dist/', import.meta.url).pathname;
const built = readdirSync(dist, {recursive: true, encoding: 'utf8'}).filter(
  name => /\.[cm]?js$/.test(name) && !name.startsWith('page/'),
);

it('every file of the program is CommonJS, so that Node’s loader of ES modules never starts', () => {
  expect(built).toContain('cli.cjs');
  expect(built.length).toBeGreaterThan(100);
  expect(built.filter(name => !name.endsWith('.cjs'))).toEqual([]);
  const importing = built.filter(name => /[^\w.$]import\(/.test(readFileSync(dist + name, 'utf8')));
  expect(importing).toEqual([]);
});

it('what was an ES module stays strict', () => {
  const sloppy = built.filter(
    name => !name.startsWith('quick/') && !readFileSync(dist + name, 'utf8').startsWith('"use strict";'),
  );
  expect(sloppy).toEqual([]);
});
