/** schema/settings.schema.json, for editors; a test fails when it is stale. */
import {catalogue} from '../src/providers/index.ts';
import {definitions, settingsSchema} from '../src/system/settings/schema.ts';
import {bindings} from '../src/view/keymap/table.ts';
import {publishedSchema} from './published-schema.ts';

export const settingsJsonSchema = (): string =>
  publishedSchema(
    {
      $id: 'settings.schema.json',
      title: 'Settings of mystatus-tui',
      description:
        'The file config.json. Everything is optional; the program reports a value that is not allowed, and ignores it.',
    },
    settingsSchema({providers: catalogue, actions: bindings.map(({name}) => name)}),
    definitions,
  );
