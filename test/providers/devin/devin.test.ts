import {utimes} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {reconcile} from '../../../src/core/polling/reconcile.ts';
import {devin} from '../../../src/providers/devin/index.ts';
import {type Home, now, withHome} from '../shared/home.ts';
import {writeTables} from '../shared/sqlite.ts';
import {fixturesIn, toldWindow} from '../shared/told.ts';

const info = JSON.stringify(fixturesIn('devin')('cached-plan-info'));
const storeOf = (editor: string) => `.config/${editor}/User/globalStorage/state.vscdb`;

/** The store of an editor with what it noted, as it was left a number of minutes before now. */
async function note(home: Home, path: string, value: string | Uint8Array, minutesAgo = 0): Promise<void> {
  const ItemTable = [
    {key: 'windsurfAuthStatus', value: JSON.stringify({apiKey: 'invented-key', name: 'A'})},
    {key: 'windsurf.settings.cachedPlanInfo', value},
  ];
  (await writeTables(home, path, {ItemTable})).close();
  const seconds = now / 1000 - minutesAgo * 60;
  await utimes(join(home.path, path), seconds, seconds);
}
const withDaily = (left: number): string =>
  JSON.stringify({quotaUsage: {dailyRemainingPercent: left, dailyResetAtUnix: now / 1000 + 3600}});

describe('quotas that a Windsurf editor noted', () => {
  it.each([
    ['a text', info],
    ['UTF-8', new Uint8Array(Buffer.from(info, 'utf8'))],
    ['UTF-16', new Uint8Array(Buffer.from(info, 'utf16le'))],
    ['UTF-16 with a mark at its start', new Uint8Array(Buffer.from(`\ufeff${info}`, 'utf16le'))],
  ])('as %s are as old as its store', async (_, value) => {
    const home = await withHome();
    await note(home, storeOf('Windsurf'), value, 120);
    const [state, ...others] = reconcile(await devin.discover(home.machine()), [], () => null, now);
    expect(others).toEqual([]);
    expect(state?.reading?.windows.map(toldWindow)).toEqual([
      '1d 45 % percent 2026-09-02T00:00:00Z',
      'weekly 10 % percent 2026-09-07T00:00:00Z',
    ]);
    expect(state).toMatchObject({readAt: now - 7_200_000, dueAt: null, failure: null, source: 'Windsurf state.vscdb'});
  });

  it('are those of the editor that noted last, in one account', async () => {
    const home = await withHome();
    await note(home, storeOf('Windsurf'), withDaily(70), 30);
    const [before] = await devin.discover(home.machine());
    await note(home, storeOf('Windsurf - Next'), withDaily(60), 10);
    const [after, ...others] = await devin.discover(home.machine());
    expect(others).toEqual([]);
    expect([after?.key, after?.source]).toEqual([before?.key, 'Windsurf - Next state.vscdb']);
    expect(after?.cached?.reading.windows.map(toldWindow)).toEqual(['1d 40 % percent 2026-09-01T23:00:00Z']);
  });

  it('are found where the platform keeps them', async () => {
    const home = await withHome();
    await note(home, 'Library/Application Support/Windsurf/User/globalStorage/state.vscdb', withDaily(1));
    await note(home, 'AppData/Roaming/Windsurf/User/globalStorage/state.vscdb', withDaily(2));
    await note(home, 'xdg/Windsurf/User/globalStorage/state.vscdb', withDaily(3));
    const used = async (platform: string, env = {}) =>
      (await devin.discover(home.machine({platform, env})))[0]?.cached?.reading.windows[0]?.use;
    expect(await used('darwin')).toMatchObject({usedPercent: 99});
    expect(await used('win32')).toMatchObject({usedPercent: 98});
    expect(await used('linux')).toBeUndefined();
    expect(await used('linux', {XDG_CONFIG_HOME: join(home.path, 'xdg')})).toMatchObject({usedPercent: 97});
  });

  it('that have all reset are no account, nor is a login without any', async () => {
    const home = await withHome();
    await note(home, storeOf('Windsurf'), info);
    expect(await devin.discover(home.machine({now: () => Date.parse('2026-09-08T00:00:00Z')}))).toEqual([]);
    await note(home, storeOf('Devin'), info);
    await note(home, 'other/Windsurf/User/globalStorage/state.vscdb', 'no JSON');
    expect(await devin.discover(home.machine({env: {XDG_CONFIG_HOME: join(home.path, 'other')}}))).toEqual([]);
  });

  it('in a store that cannot be read are told of where no other can', async () => {
    const home = await withHome({[storeOf('Windsurf')]: 'this is no store'});
    expect(await devin.discover(home.machine())).toMatchObject([
      {source: 'Windsurf state.vscdb', problem: {code: 'no_credentials'}},
    ]);
    await note(home, storeOf('Windsurf - Next'), info);
    expect(await devin.discover(home.machine())).toMatchObject([{source: 'Windsurf - Next state.vscdb'}]);
  });

  it('are never requested: the editor’s key is not read, and there is no host to send it to', async () => {
    const home = await withHome();
    await note(home, storeOf('Windsurf'), info);
    const [account] = await devin.discover(home.machine());
    if (account === undefined) return expect.unreachable('there is one');
    expect([devin.hosts, devin.login]).toEqual([[], undefined]);
    expect(JSON.stringify(account)).not.toContain('invented-key');
    const nobody = new Proxy({}, {get: () => expect.unreachable('nothing is asked')});
    expect((await devin.fetch(account, nobody as never)).plan).toBe('Pro');
  });
});
