/** schema/theme.schema.json, for editors; a test fails when it is stale. */
import {themeSchema} from '../src/system/settings/theme-schema.ts';
import {publishedSchema} from './published-schema.ts';

export const themeJsonSchema = (): string =>
  publishedSchema(
    {
      $id: 'theme.schema.json',
      title: 'A colour theme of mystatus-tui',
      description:
        'A file themes/<name>.json. Everything is optional; the program reports a value that is not allowed, and ignores it.',
    },
    themeSchema,
  );
