import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {carriedText, isSingleExecutable} from './single-executable.ts';

/** In the package's own directory: bundled and unbundled code stand at different depths below it. */
function packageDirectory(from = dirname(fileURLToPath(import.meta.url))): string {
  const isPackage = existsSync(join(from, 'package.json')) || dirname(from) === from;
  return isPackage ? from : packageDirectory(dirname(from));
}

/** Text of a file by its path in the package; null when it is not shipped. Throws what the file system throws. */
export function shippedText(path: string): string | null {
  if (isSingleExecutable()) return carriedText(path);
  const file = join(packageDirectory(), path);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
