import {completionsOf} from '../command-line/completions.ts';
import type {Asked} from '../command-line/parse.ts';
import {print} from './output.ts';

export const runCompletions = (asked: Asked): Promise<number> => print(completionsOf(asked.argument ?? 'bash'));
