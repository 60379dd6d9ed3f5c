/** Writes SHA256SUMS of all files of a directory, as `sha256sum -c` takes it: `node scripts/release/checksums.ts <directory>`. */
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

export function checksumsOf(directory: string): string {
  const files = readdirSync(directory, {withFileTypes: true}).filter(entry => entry.isFile() && entry.name !== list);
  const lines = files.map(({name}) => `${sha256(join(directory, name))}  ${name}\n`);
  return lines.sort((one, other) => (one.slice(66) < other.slice(66) ? -1 : 1)).join('');
}

const list = 'SHA256SUMS';
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

if (import.meta.main) {
  const [directory = ''] = process.argv.slice(2);
  writeFileSync(join(directory, list), checksumsOf(directory));
}
