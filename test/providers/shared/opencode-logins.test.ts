import {readFileSync} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import fc from 'fast-check';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {Machine} from '../../../src/core/provider.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {findOpencode} from '../../../src/providers/shared/opencode.ts';
import {accessToken} from '../openai/tokens.ts';
import {type Home, now, storePath, withHome} from './home.ts';

const authPath = '.local/share/opencode/auth.json';
const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/opencode/${name}.sql`, import.meta.url), 'utf8');

/** A store made by SQL, and still open. */
async function storeOf(home: Home, sql: string, path = storePath): Promise<DatabaseSync> {
  await mkdir(dirname(join(home.path, path)), {recursive: true});
  const database = new DatabaseSync(join(home.path, path));
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  database.exec(sql);
  return database;
}

/** A machine on which the store answers as one that is locked for longer than a query waits. */
function lockable(home: Home, isLocked: () => boolean): Machine {
  const machine = home.machine();
  return {
    ...machine,
    query: async (...asked) =>
      isLocked()
        ? {state: 'unreadable', why: 'another program has locked it', reason: 'locked'}
        : machine.query(...asked),
  };
}

type Login = {id: string; inFile: object; inStore: object; other: object};
const oauth = (token: object) => ({type: 'oauth', expires: now + 864_000_000, ...token});
const openaiToken = (email: string) => accessToken({email, account: email, exp: now / 1000 + 864_000});
/** What each service's login looks like in auth.json, as a row of the store, and as the row of somebody else. */
const logins: Record<string, Login> = {
  openai: {
    id: 'openai',
    inFile: oauth({access: openaiToken('file'), refresh: 'refresh-of-file'}),
    inStore: oauth({access: openaiToken('row'), refresh: 'refresh-of-row'}),
    other: oauth({access: openaiToken('other'), refresh: 'refresh-of-other'}),
  },
  copilot: {
    id: 'github-copilot',
    inFile: oauth({access: 'gho_file', refresh: 'gho_file'}),
    inStore: oauth({access: 'gho_row', refresh: 'gho_row'}),
    other: oauth({access: 'gho_other', refresh: 'gho_other'}),
  },
  google: {
    id: 'google',
    inFile: oauth({access: 'ya29.file', refresh: '1//file|project'}),
    inStore: oauth({access: 'ya29.row', refresh: '1//row|project'}),
    other: oauth({access: 'ya29.other', refresh: '1//other|project'}),
  },
  zai: {
    id: 'zai-coding-plan',
    inFile: {type: 'api', key: 'key-in-file'},
    inStore: {type: 'key', key: 'key-in-row'},
    other: {type: 'key', key: 'key-of-other'},
  },
  zhipu: {
    id: 'zhipuai-coding-plan',
    inFile: {type: 'api', key: 'key-in-file'},
    inStore: {type: 'key', key: 'key-in-row'},
    other: {type: 'key', key: 'key-of-other'},
  },
};
const providers = catalogue.filter(({id}) => logins[id] !== undefined);
const rowSql = (id: string, name: string, value: object, active: number | null, updated: number): string =>
  `insert into credential values ('${name}', '${id}', 'default', '${JSON.stringify(value)}', null, null, ${active}, 1, ${updated});`;

describe.each(providers.map(provider => [provider.id, provider] as const))(
  'the opencode login of %s',
  (id, provider) => {
    const login = logins[id] as Login;
    const withFile = () => withHome({[authPath]: {[login.id]: login.inFile}});
    const secretsFrom = async (machine: Machine) =>
      (await provider.discover(machine)).flatMap(({secrets, problem}) => [
        ...secrets,
        ...(problem ? [problem.detail] : []),
      ]);
    const holds = (secrets: readonly string[], value: object) => {
      const words = Object.values(value).flatMap(part => String(part).split('|'));
      return secrets.some(secret => words.includes(secret));
    };
    const signedOut = fixture('signed-out');

    it('is the row without a mark, not a newer one that is switched off', async () => {
      const home = await withFile();
      const rows = [rowSql(login.id, 'a', login.inStore, null, 1), rowSql(login.id, 'b', login.other, 0, 9)];
      await storeOf(home, signedOut + rows.join(''));
      const secrets = await secretsFrom(home.machine());
      expect([holds(secrets, login.inStore), holds(secrets, login.other), holds(secrets, login.inFile)]).toEqual([
        true,
        false,
        false,
      ]);
    });

    it('does not come back from the old file after it was signed out', async () => {
      const home = await withFile();
      await storeOf(home, signedOut);
      expect(await provider.discover(home.machine())).toEqual([]);
    });

    it('does not come back from the old file while it is switched off', async () => {
      const home = await withFile();
      await storeOf(home, fixture('empty-1.18') + rowSql(login.id, 'a', login.inStore, 0, 1));
      expect(await provider.discover(home.machine())).toEqual([]);
    });

    it.each(['fresh-2.0', 'empty-1.18'])('is still that of the file beside the empty store of %s', async name => {
      const home = await withFile();
      await storeOf(home, fixture(name));
      expect(holds(await secretsFrom(home.machine()), login.inFile)).toBe(true);
    });

    it('is no failing account, and not that of the old file, while the store is locked', async () => {
      const home = await withFile();
      await storeOf(home, signedOut + rowSql(login.id, 'a', login.inStore, 1, 1));
      expect(await provider.discover(lockable(home, () => true))).toEqual([]);
    });

    it('stays what it was while the store is locked', async () => {
      const home = await withFile();
      await storeOf(home, signedOut + rowSql(login.id, 'a', login.inStore, 1, 1));
      let isLocked = false;
      const machine = lockable(home, () => isLocked);
      const before = await provider.discover(machine);
      isLocked = true;
      expect(await provider.discover(machine)).toEqual(before);
      expect(
        holds(
          before.flatMap(({secrets}) => secrets),
          login.inStore,
        ),
      ).toBe(true);
    });
  },
);

describe('rows of one login', () => {
  const ids = ['zai-coding-plan'];
  const key = async (...rows: [name: string, active: number | null, updated: number][]) => {
    const home = await withHome();
    const inserts = rows.map(([name, active, updated]) =>
      rowSql('zai-coding-plan', name, {type: 'key', key: name}, active, updated),
    );
    await storeOf(home, fixture('fresh-2.0') + inserts.join(''));
    return (await findOpencode(home.machine(), ids)).entry?.key;
  };

  it('are chosen as opencode does: the active one, else the newest, else the last id', async () => {
    expect(await key(['a', null, 9], ['b', 1, 1])).toBe('b');
    expect(await key(['a', 1, 1], ['b', 1, 2])).toBe('b');
    expect(await key(['a', null, 5], ['b', null, 4], ['c', 0, 9])).toBe('a');
    expect(await key(['b', null, 4], ['a', null, 4])).toBe('b');
    expect(await key(['a', 0, 9], ['b', 0, 8])).toBeUndefined();
  });

  it('may name their service in the older column', async () => {
    const home = await withHome();
    const row = `insert into credential values ('a', null, 'x', '{"type":"key","key":"k"}', 'zai-coding-plan', null, 1, 1, 1);`;
    await storeOf(home, fixture('empty-1.18') + row);
    expect((await findOpencode(home.machine(), ids)).entry?.key).toBe('k');
  });
});

describe('a login that was signed out', () => {
  const auth = {[authPath]: {'zai-coding-plan': {type: 'api', key: 'of-the-file'}, zai: {type: 'api', key: 'of-zai'}}};
  const keyOf = async (home: Home, env = {}) =>
    (await findOpencode(home.machine({env}), ['zai-coding-plan', 'zai'])).entry?.key;

  it('may still stand in the variable, which is no old file', async () => {
    const home = await withHome(auth);
    await storeOf(home, fixture('signed-out'));
    const OPENCODE_AUTH_CONTENT = JSON.stringify({zai: {type: 'api', key: 'given'}});
    expect([await keyOf(home), await keyOf(home, {OPENCODE_AUTH_CONTENT})]).toEqual([undefined, 'given']);
  });

  it('leaves another id of the file alone where the store never took the file over', async () => {
    const home = await withHome(auth);
    await storeOf(home, fixture('empty-1.18') + rowSql('zai-coding-plan', 'a', {type: 'key', key: 'off'}, 0, 1));
    expect(await keyOf(home)).toBe('of-zai');
  });

  it('may live on in the store of another channel', async () => {
    const home = await withHome(auth);
    await storeOf(home, fixture('signed-out'));
    const row = rowSql('zai', 'a', {type: 'key', key: 'of-the-channel'}, 1, 1);
    await storeOf(home, fixture('fresh-2.0') + row, '.local/share/opencode/opencode-next.db');
    expect(await keyOf(home)).toBe('of-the-channel');
  });
});

describe('a store that its owner locks', () => {
  const ids = ['zai-coding-plan'];
  const counted = (machine: Machine, onQuery: (count: number) => void): Machine => {
    let count = 0;
    const query: Machine['query'] = (...asked) => {
      count += 1;
      onQuery(count);
      return machine.query(...asked);
    };
    return {...machine, query};
  };

  it('is waited for longer than one query waits', async () => {
    const home = await withHome();
    const database = await storeOf(home, `${fixture('switched-off-is-newer')} begin exclusive`);
    const machine = counted(home.machine(), count => {
      if (count === 2) database.exec('commit');
    });
    expect((await findOpencode(machine, ids)).entry?.key).toBe('imported-invented-key');
  });

  it('is not waited for for ever, nor by each that looks for a login', async () => {
    const home = await withHome();
    await storeOf(home, fixture('switched-off-is-newer'));
    let queries = 0;
    const machine = counted(
      lockable(home, () => true),
      count => {
        queries = count;
      },
    );
    const busy = {entry: null, problem: null, isBusy: true};
    expect(await findOpencode(machine, ids)).toEqual(busy);
    expect(await findOpencode(machine, ['openai'])).toEqual(busy);
    expect(queries).toBe(4);
  });

  it('is read again once it is free: what was remembered does not hide what changed', async () => {
    const home = await withHome();
    const database = await storeOf(home, fixture('switched-off-is-newer'));
    let [isLocked, time] = [false, now];
    const machine = {...lockable(home, () => isLocked), now: () => time};
    const key = async () => (await findOpencode(machine, ids)).entry?.key;
    expect(await key()).toBe('imported-invented-key');
    database.exec(`update credential set value = '{"type":"key","key":"renewed"}' where id = 'cred_1'`);
    isLocked = true;
    expect(await key()).toBe('imported-invented-key');
    [isLocked, time] = [false, time + 15_000];
    expect(await key()).toBe('renewed');
    database.exec(`delete from credential where id = 'cred_1'`);
    expect(await key()).toBeUndefined();
  });
});

it('reads a store once for all services that look at the same moment', async () => {
  const home = await withHome();
  await storeOf(home, fixture('switched-off-is-newer'));
  const machine = home.machine();
  let queries = 0;
  const query: Machine['query'] = (...asked) => {
    queries += 1;
    return machine.query(...asked);
  };
  const together = ['zai-coding-plan', 'zai', 'openai', 'google'].map(id => findOpencode({...machine, query}, [id]));
  await Promise.all(together);
  expect(queries).toBe(2);
});

describe('whatever rows a store holds', () => {
  const row = fc.record({
    id: fc.constantFrom('zai', 'zai-coding-plan', 'openai'),
    active: fc.constantFrom(0, 1, null),
    updated: fc.integer({min: 1, max: 4}),
  });
  type Row = {id: string; active: number | null; updated: number; name: string};
  const rank = ({active, updated, name}: Row): string => `${active ?? 0} ${updated} ${name}`;

  it('never answers with one that is switched off, and lets the old file speak only of what it does not know', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, {maxLength: 6}), fc.boolean(), async (told, isImported) => {
        const rows = told.map((each, at) => ({...each, name: `row-${at}`}));
        const home = await withHome({[authPath]: {zai: {type: 'api', key: 'of-the-file'}}});
        const inserts = rows.map(({id, name, active, updated}) =>
          rowSql(id, name, {type: 'key', key: name}, active, updated),
        );
        const store = await storeOf(home, fixture(isImported ? 'fresh-2.0' : 'empty-1.18') + inserts.join(''));
        const inUse = rows.filter(({id, active}) => id === 'zai' && active !== 0);
        const [best] = inUse.sort((a, b) => (rank(a) < rank(b) ? 1 : -1));
        const isLeft = rows.every(({id}) => id !== 'zai') && !(isImported && rows.length > 0);
        const found = await findOpencode(home.machine(), ['zai']);
        expect(found.entry?.key).toBe(best?.name ?? (isLeft ? 'of-the-file' : undefined));
        expect(found.problem).toBeNull();
        store.close();
      }),
      {numRuns: 60},
    );
  });
});
