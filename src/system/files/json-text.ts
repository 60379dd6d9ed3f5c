import {join} from 'node:path';
import {readOwnText} from './private-file.ts';
import {codeOf} from './trouble.ts';

type Place = {directory: string; name: string};

export const pathOf = ({directory, name}: Place): string => join(directory, `${name}.json`);

/** Null when there is no file. Throws what the file system throws. */
export function readText(file: Place): string | null {
  try {
    return readOwnText(pathOf(file));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}
