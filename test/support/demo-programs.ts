import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {DemoService} from '../../src/core/provider.ts';

/** Writes the invented programs of these demos into a home directory, as scripts; the result is where they are. */
export function writeDemoPrograms(demos: readonly DemoService[], home: string, now: number): string {
  const directory = join(home, '.local/bin');
  for (const [name, outputs] of demos.flatMap(demo => Object.entries(demo.programs?.(now) ?? {}))) {
    mkdirSync(directory, {recursive: true});
    writeFileSync(join(directory, name), scriptOf(outputs));
    chmodSync(join(directory, name), 0o755);
  }
  return directory;
}

const scriptOf = (outputs: Readonly<Record<string, string>>): string => {
  const cases = Object.entries(outputs).map(([args, text]) => `${quoted(args)}) printf '%s\\n' ${quoted(text)};;`);
  return ['#!/bin/sh', 'case "$*" in', ...cases, '*) exit 2;;', 'esac', ''].join('\n');
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
