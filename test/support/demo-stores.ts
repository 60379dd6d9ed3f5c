import {mkdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import type {DemoService} from '../../src/core/provider.ts';

/** Writes the invented SQLite files of a demo into a home directory. */
export function writeDemoStores(demo: DemoService, home: string, now: number): void {
  for (const [path, values] of Object.entries(demo.stores?.(now) ?? {})) {
    mkdirSync(dirname(join(home, path)), {recursive: true});
    const database = new DatabaseSync(join(home, path));
    database.exec('create table ItemTable (key text, value blob)');
    const insert = database.prepare('insert into ItemTable (key, value) values (?, ?)');
    for (const [key, value] of Object.entries(values)) insert.run(key, value);
    database.close();
  }
}
