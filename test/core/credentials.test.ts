import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {createCredentialsControl} from '../../src/core/credentials.ts';
import {createDiscovery} from '../../src/core/polling/discovery.ts';
import type {CredentialsControl, LoginDraft} from '../../src/core/services.ts';
import {createRedactor} from '../../src/core/text/redact.ts';
import {RevealingError, withSafeLabels} from '../../src/core/text/reveal.ts';
import {catalogue} from '../../src/providers/index.ts';
import {createCredentialStore} from '../../src/system/credentials/store.ts';
import {createMachine} from '../../src/system/machine.ts';
import {createFakeClock} from '../support/fake-clock.ts';
import {aWire} from '../support/monitor.ts';

const key = 'test-client-secret-0001.AbCdEfGh';
const other = 'another-invented-key-0002.IjKlMnOp';

let directory: string;
let control: CredentialsControl;
let forgotten: string[];
const file = () => join(directory, 'credentials.json');
const stored = () => (JSON.parse(readFileSync(file(), 'utf8')) as {credentials: object[]}).credentials;
const draft = (more: Partial<LoginDraft> = {}): LoginDraft => ({provider: 'zhipu', secret: key, fields: {}, ...more});
const labels = async (): Promise<string[]> => (await control.rows()).map(({account}) => account.label);

beforeEach(() => {
  forgotten = [];
  directory = mkdtempSync(join(tmpdir(), 'mystatus-'));
  const redactor = createRedactor();
  const store = createCredentialStore(directory, notice => {
    throw new Error(notice.text);
  });
  const env = {HOME: join(directory, 'home')};
  const machine = createMachine({env, home: env.HOME, stored: provider => store.list(provider)});
  control = createCredentialsControl({
    providers: catalogue.map(provider => withSafeLabels(provider, redactor)),
    machine,
    discovery: createDiscovery({machine, clock: createFakeClock(), redactor}),
    wireFor: (_, signal) => aWire(createFakeClock(), signal),
    store,
    redactor,
    hidden: () => [],
    setHidden() {},
    forgetHistory: account => void forgotten.push(account),
    nameOf: () => undefined,
    addFirstReading() {},
    changed: async () => {},
  });
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

describe('a login that we store', () => {
  const team = {organization: 'org-1', project: 'proj-1'};

  it('is forgotten with the history of its account, and of no other one', async () => {
    const [first] = [await control.add(draft()), await control.add(draft({secret: 'another-fake-key-for-tests'}))];
    const row = (await control.rows()).find(({storedId}) => storedId === first);
    await control.remove(first ?? '');
    expect(forgotten).toEqual([row?.account.key]);
    await control.remove('nobody');
    expect(forgotten).toHaveLength(1);
  });

  it('keeps its name and its fields when the same secret comes again without them', async () => {
    const id = await control.add(draft({label: 'work', fields: team}));
    expect(await control.add(draft())).toBe(id);
    expect(stored()).toMatchObject([{id, label: 'work', fields: team}]);
    await control.add(draft({label: 'home', fields: {project: 'proj-2'}}));
    expect(stored()).toMatchObject([{id, label: 'home', fields: {...team, project: 'proj-2'}}]);
    await control.add(draft({provider: 'zai'}));
    expect(stored()).toHaveLength(2);
    expect(stored()[1]).not.toHaveProperty('label');
  });

  it.each([
    ['name', {label: key}],
    ['name', {label: `my ${key.slice(4, 20)}`}],
    ['field', {fields: {organization: key}}],
    ['field', {fields: {project: `ghp_${'a1'.repeat(18)}`}}],
  ])('is not kept with a secret for a %s', async (_, shown) => {
    await expect(control.add(draft(shown))).rejects.toThrow(RevealingError);
    expect(await control.rows()).toEqual([]);
  });

  it('takes no name that shows a secret field beside its secret', async () => {
    const fields = {clientId: 'client-one', clientSecret: 'test-client-secret-of-the-client'};
    const google = {provider: 'google', secret: '1//invented-refresh-token', fields};
    await expect(control.add({...google, label: fields.clientSecret})).rejects.toThrow(RevealingError);
    await expect(control.add({...google, fields: {...fields, clientId: fields.clientSecret}})).rejects.toThrow(
      'its field clientId would reveal a secret',
    );
    await control.add({...google, label: 'work'});
    expect(stored()).toHaveLength(1);
  });

  it('is not renamed to its secret', async () => {
    const id = await control.add(draft({label: 'work'}));
    await expect(control.rename(id, `key ${key}`)).rejects.toThrow(RevealingError);
    await control.rename(id, 'home');
    expect(await labels()).toEqual(['home']);
  });

  it('is called by its masked secret where the name that is stored is the secret', async () => {
    for (const label of [key, `key ${key}`, key.slice(0, 14), key.toUpperCase()]) {
      const entry = {id: '0000abcd', provider: 'zhipu', label, secret: key, fields: {}};
      writeFileSync(file(), JSON.stringify({version: 1, credentials: [entry]}), {mode: 0o600});
      expect(await labels()).toEqual(['test…EfGh']);
      // The same secret again without a name does not bring that one back.
      await control.add(draft());
      expect(stored()[0]).not.toHaveProperty('label');
    }
  });

  it('is called by a mask also where a user name is the secret', async () => {
    const token = `ghp_${'Ab1'.repeat(12)}`;
    const entry = {id: '0000abcd', provider: 'copilot', secret: token, fields: {username: token}};
    writeFileSync(file(), JSON.stringify({version: 1, credentials: [entry]}), {mode: 0o600});
    const rows = await control.rows();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows.map(({account}) => account.label))).not.toContain('Ab1Ab1');
  });

  it('loses a name that was its old secret when it gets another one', async () => {
    const entry = {id: '0000abcd', provider: 'zhipu', label: key, secret: key, fields: {}};
    writeFileSync(file(), JSON.stringify({version: 1, credentials: [entry]}), {mode: 0o600});
    await control.replace('0000abcd', other);
    expect(await labels()).toEqual(['anot…MnOp']);
    await control.rename('0000abcd', 'work');
    await control.replace('0000abcd', key);
    expect(await labels()).toEqual(['work']);
  });
});
