import {toJsonSchema} from '@valibot/to-json-schema';
import type {GenericSchema} from 'valibot';

/** A schema that the program checks by, as editors read it. */
export function publishedSchema(
  head: Record<'$id' | 'title' | 'description', string>,
  checked: GenericSchema,
  definitions: Record<string, GenericSchema> = {},
): string {
  const schema = toJsonSchema(checked, {
    target: 'draft-2020-12',
    // As it is after the check that it is an object at all, which no schema language needs to be told.
    typeMode: 'output',
    ignoreActions: ['raw_check', 'transform'],
    definitions,
  });
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  return `${JSON.stringify({$schema, ...head, ...schema}, withoutEmptyLists, 2)}\n`;
}

const withoutEmptyLists = (key: string, value: unknown): unknown =>
  key === 'required' && Array.isArray(value) && value.length === 0 ? undefined : value;
