import {version} from '../../version.ts';
import {print} from '../output.ts';

/** `--version` alone. */
export const answer = (): number => print(`${version}\n`);
