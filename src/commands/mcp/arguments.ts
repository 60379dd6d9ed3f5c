import {nearest} from '../../core/text/nearest.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {Sdk} from './sdk.ts';

type Shape = Parameters<Sdk['fromJsonSchema']>[0] & {properties: object};

/** The check of a tool's arguments; one that there is not is named, which the schema alone would not do. */
export function argumentsOf<T>({fromJsonSchema}: Pick<Sdk, 'fromJsonSchema'>, shape: Shape) {
  const schema = fromJsonSchema<T>(shape);
  const {validate, ...rest} = schema['~standard'];
  const known = Object.keys(shape.properties);
  return {
    '~standard': {
      ...rest,
      validate(given: unknown) {
        const strange = Object.keys(given ?? {}).find(name => !known.includes(name));
        return strange === undefined ? validate(given) : {issues: [{message: unknownWord('argument', strange, known)}]};
      },
    },
  };
}

/** What is said to a word that is none of these. */
export function unknownWord(kind: string, word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  const hint = near === undefined ? `: one of ${known.join(', ')}` : `; did you mean ${near}?`;
  return `unknown ${kind} "${sanitize(word)}"${hint}`;
}
