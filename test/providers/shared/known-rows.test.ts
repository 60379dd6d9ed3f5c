import {expect, it} from 'vitest';
import {knownRows} from '../../../src/providers/shared/known-rows.ts';
import {withHome} from './home.ts';
import {writeTables} from './sqlite.ts';

const names = "select value from Names where key = 'a'";

it('rows of a store that its owner locks are those of the last look; of a store never seen there are none', async () => {
  const home = await withHome();
  const database = await writeTables(home, 'store.db', {Names: [{key: 'a', value: 'one'}]});
  const [path, machine] = [`${home.path}/store.db`, home.machine()];
  expect(await knownRows(machine, path, names)).toEqual({state: 'ok', rows: [{value: 'one'}]});
  // With a log beside it, a store can be read whatever its owner does.
  database.exec("pragma journal_mode = delete; begin exclusive; update Names set value = 'two' where key = 'a'");
  expect(await knownRows(machine, path, names)).toEqual({state: 'ok', rows: [{value: 'one'}]});
  expect(await knownRows(home.machine(), path, names)).toEqual({state: 'missing'});
  database.exec('commit');
  expect(await knownRows(machine, path, names)).toEqual({state: 'ok', rows: [{value: 'two'}]});
});

it('a store that cannot be read is so, whatever was known of it', async () => {
  const home = await withHome({'store.db': 'this is no store'});
  expect(await knownRows(home.machine(), `${home.path}/store.db`, names)).toMatchObject({state: 'unreadable'});
  expect(await knownRows(home.machine(), `${home.path}/none.db`, names)).toEqual({state: 'missing'});
});
