/** Writes schema/settings.schema.json, for editors; a test fails when it is stale. */
import {writeFileSync} from 'node:fs';
import {toJsonSchema} from '@valibot/to-json-schema';
import {catalogue} from '../src/providers/index.ts';
import {definitions, settingsSchema} from '../src/system/settings/schema.ts';
import {bindings} from '../src/view/keymap/table.ts';

const head = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'settings.schema.json',
  title: 'Settings of mystatus-tui',
  description:
    'The file config.json. Everything is optional; the program reports a value that is not allowed, and ignores it.',
};

export function settingsJsonSchema(): string {
  const known = {providers: catalogue, actions: bindings.map(({name}) => name)};
  const schema = toJsonSchema(settingsSchema(known), {
    target: 'draft-2020-12',
    // As it is after the check that it is an object at all, which no schema language needs to be told.
    typeMode: 'output',
    ignoreActions: ['raw_check', 'transform'],
    definitions,
  });
  return `${JSON.stringify({...head, ...schema}, withoutEmptyLists, 2)}\n`;
}

const withoutEmptyLists = (key: string, value: unknown): unknown =>
  key === 'required' && Array.isArray(value) && value.length === 0 ? undefined : value;

if (import.meta.main) writeFileSync(new URL('../schema/settings.schema.json', import.meta.url), settingsJsonSchema());
