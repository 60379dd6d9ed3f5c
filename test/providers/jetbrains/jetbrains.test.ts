import {readFileSync} from 'node:fs';
import {mkdir, utimes} from 'node:fs/promises';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {reconcile} from '../../../src/core/polling/reconcile.ts';
import type {Machine} from '../../../src/core/provider.ts';
import {demo} from '../../../src/providers/jetbrains/demo.ts';
import {jetbrains} from '../../../src/providers/jetbrains/index.ts';
import {parseQuota, parseQuotaFile} from '../../../src/providers/jetbrains/parse.ts';
import {recordOf} from '../../../src/providers/shared/values.ts';
import {type Home, now, withHome} from '../shared/home.ts';
import {expectSound, fixturesIn, oddRecord, oddValue, toldAmounts, toldWindow} from '../shared/told.ts';

const fixture = fixturesIn('jetbrains');
const quotaXml = readFileSync(new URL('../../fixtures/jetbrains/quota-xml.xml', import.meta.url), 'utf8');
const read = (info: unknown, refill: unknown = {type: 'Unknown'}) => {
  const {reading, hasEnded} = parseQuota(recordOf(info), refill, now);
  return [reading.windows.map(toldWindow), toldAmounts(reading), hasEnded];
};
const available = (more: object) => ({type: 'Available', ...more});
const refill = (duration: string) => ({type: 'Known', next: '2026-09-10T00:00:00Z', tariff: {duration}});

describe('the quota that an IDE noted', () => {
  it('is of 30 days, in credits', () => {
    const noted = parseQuotaFile(quotaXml, now);
    if (noted === null || noted === 'broken') return expect.unreachable('there is one');
    expect(noted.reading.windows.map(toldWindow)).toEqual(['30d 0.74783 % 0.074783/10 credits 2026-09-16T21:00:54Z']);
    expect([noted.reading.windows[0]?.windowMs, noted.hasEnded]).toEqual([30 * 86_400_000, false]);
  });

  it('is that of the plan, and what was bought on top is an amount', () => {
    expect(read(fixture('quota-info-top-up'))).toEqual([
      ['30d 100 % 10/10 credits null'],
      ['credits 2.5 credits'],
      false,
    ]);
  });

  it('without parts is the whole', () => {
    expect(read(available({current: '250000', maximum: '1000000'}))[0]).toEqual(['30d 25 % 2.5/10 credits null']);
  });

  it('is over once it was refilled: unknown, with nothing of what was bought before', () => {
    expect(read(fixture('quota-info-top-up'), fixture('next-refill-past'))).toEqual([
      ['30d unknown credits null'],
      [],
      true,
    ]);
  });

  it.each([
    ['P7D', 'weekly'],
    ['PT24H', '1d'],
    ['P1DT12H30M', '2190m'],
    ['P1M', '30d'],
    ['', '30d'],
  ])('refilled after %j is %s', (duration, id) => {
    expect(parseQuota(available({}), refill(duration), now).reading.windows[0]?.id).toBe(id);
  });

  it('has no reset that lies further off than it lasts', () => {
    expect(parseQuota(available({}), refill('PT24H'), now).reading.windows[0]?.resetsAt).toBeNull();
  });

  it.each([
    [available({current: '1', maximum: '0'})],
    [available({current: '1'})],
    [available({maximum: '100'})],
    [available({tariffQuota: {current: '1'}, current: '1', maximum: '2'})],
    [{type: 'Unavailable', current: '1', maximum: '2'}],
    [{current: '1', maximum: '2'}],
  ])('is unknown in %j', info => {
    expect(read(info)).toEqual([['30d unknown credits null'], [], false]);
  });

  it('of another kind says which', () => {
    expect(parseQuota({type: 'Unavailable'}, null, now).reading.windows).toMatchObject([
      {use: {why: 'the IDE noted: Unavailable'}},
    ]);
  });

  it('is sound, whatever is noted', () => {
    const part = oddRecord('current', 'maximum', 'available');
    const odd = fc.record({
      ...{type: fc.constantFrom('Available', 'Other'), current: oddValue, maximum: oddValue},
      ...{tariffQuota: fc.oneof(part, oddValue), topUpQuota: fc.oneof(part, oddValue)},
    });
    const odder = fc.record({type: fc.constant('Known'), next: oddValue, tariff: oddRecord('duration')});
    for (const next of fc.sample(odder, 20))
      expectSound(info => parseQuota(recordOf(info), next, now).reading.windows, odd);
  });
});

describe('the file of an IDE', () => {
  it('may hold no quota, or one that nobody can read', () => {
    expect(parseQuotaFile('<application></application>', now)).toBeNull();
    expect(parseQuotaFile('', now)).toBeNull();
    expect(parseQuotaFile('<option name="quotaInfo" value="{&quot;type&quot;" />', now)).toBe('broken');
    expect(parseQuotaFile('<option name="quotaInfo" value="[]" />', now)).toBe('broken');
  });

  it('may write any character as its number', () => {
    const xml =
      '<option name="quotaInfo" value="{&#34;type&#x22;:&#10;&quot;Available&#34;, &#x22;current&#34;: 1, &#34;maximum&#34;: 4}" />';
    const noted = parseQuotaFile(xml, now);
    if (noted === null || noted === 'broken') return expect.unreachable('there is one');
    expect(noted.reading.windows.map(toldWindow)).toEqual(['30d 25 % 0.00001/0.00004 credits null']);
  });

  it('throws nothing, whatever it holds', () => {
    const text = fc.array(
      fc.constantFrom('<option name="quotaInfo" value="', '"', '{', '}', '&quot;', '&#10;', '&', ' '),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          text.map(parts => parts.join('')),
          fc.string(),
        ),
        xml => {
          parseQuotaFile(xml, now);
        },
      ),
      {numRuns: 300},
    );
  });
});

const pathOf = (product: string, maker = '.config/JetBrains') =>
  `${maker}/${product}/options/AIAssistantQuotaManager2.xml`;
const xmlOf = (info: object, next = '2026-09-10T00:00:00Z'): string => {
  const options = {quotaInfo: info, nextRefill: {type: 'Known', next, tariff: {duration: 'PT720H'}}};
  const rows = Object.entries(options).map(
    ([name, value]) => `<option name="${name}" value="${JSON.stringify(value).replaceAll('"', '&quot;')}" />`,
  );
  return `<application><component name="AIAssistantQuotaManager2">${rows.join('')}</component></application>`;
};
const used = (current: number): string => xmlOf(available({current: String(current), maximum: '100'}));
/** The file as it was left a number of minutes before now. */
async function note(home: Home, path: string, xml: string, minutesAgo: number): Promise<void> {
  await home.write(path, xml);
  const seconds = now / 1000 - minutesAgo * 60;
  await utimes(join(home.path, path), seconds, seconds);
}
const found = async (machine: Machine) => jetbrains.discover(machine);

describe('JetBrains AI', () => {
  it('is one account, with its figures as old as the file', async () => {
    const home = await withHome();
    await note(home, pathOf('IntelliJIdea2026.2'), quotaXml, 90);
    const [account, ...others] = await found(home.machine());
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      ...{source: 'IntelliJIdea2026.2 quota file', label: 'JetBrains IDEs', secrets: [], stored: false},
      passive: {windows: []},
      cached: {readAt: now - 90 * 60_000, reading: {windows: [{id: '30d', use: {used: 0.074783}}]}},
    });
  });

  it('is read where it was noted last, of all products and of Android Studio', async () => {
    const home = await withHome();
    const percent = async () => (await found(home.machine()))[0]?.cached?.reading.windows.map(toldWindow)[0];
    await note(home, pathOf('PyCharm2026.1'), used(11), 30);
    await note(home, pathOf('GoLand2026.1'), used(22), 60);
    expect(await percent()).toContain(' 11 %');
    await note(home, pathOf('AndroidStudio2026.1', '.config/Google'), used(33), 10);
    await note(home, pathOf('Chrome', '.config/Google'), used(99), 1);
    expect(await percent()).toContain(' 33 %');
    await note(home, pathOf('GoLand2026.1'), used(44), 5);
    expect(await percent()).toContain(' 44 %');
  });

  it('keeps its account whichever IDE noted last', async () => {
    const home = await withHome();
    await note(home, pathOf('PyCharm2026.1'), used(11), 30);
    const [before] = await found(home.machine());
    await note(home, pathOf('GoLand2026.1'), used(22), 10);
    const [after] = await found(home.machine());
    expect([after?.key, after?.source]).toEqual([before?.key, 'GoLand2026.1 quota file']);
  });

  it('is found where the platform keeps settings', async () => {
    const home = await withHome();
    await note(home, pathOf('A', 'Library/Application Support/JetBrains'), used(1), 1);
    await note(home, pathOf('B', 'AppData/Roaming/JetBrains'), used(1), 1);
    await note(home, pathOf('C', 'xdg/JetBrains'), used(1), 1);
    const source = async (platform: string, env = {}) => (await found(home.machine({platform, env})))[0]?.source;
    expect(await source('darwin')).toBe('A quota file');
    expect(await source('win32')).toBe('B quota file');
    expect(await source('linux')).toBeUndefined();
    expect(await source('linux', {XDG_CONFIG_HOME: join(home.path, 'xdg')})).toBe('C quota file');
  });

  it('refilled since the IDE was last open is unknown, and says what to do', async () => {
    const home = await withHome();
    await note(
      home,
      pathOf('PyCharm2026.1'),
      xmlOf(available({current: '9', maximum: '10'}), '2026-08-20T00:00:00Z'),
      60,
    );
    const accounts = await found(home.machine());
    expect(accounts[0]).not.toHaveProperty('cached');
    const [state] = reconcile(accounts, [], () => null, now);
    expect(state).toMatchObject({
      reading: {
        windows: [{id: '30d', use: {state: 'unknown'}}],
        remedy: {code: 'open', name: 'PyCharm2026.1'},
      },
      ...{readAt: null, failure: null, dueAt: null},
    });
  });

  it('in a file that cannot be read is shown where no other can', async () => {
    const home = await withHome();
    await note(home, pathOf('PyCharm2026.1'), '<option name="quotaInfo" value="{" />', 5);
    expect(await found(home.machine())).toMatchObject([
      {source: 'PyCharm2026.1 quota file', problem: {code: 'bad_response', remedy: {code: 'report'}}},
    ]);
    await mkdir(join(home.path, pathOf('GoLand2026.1')), {recursive: true});
    expect(await found(home.machine())).toMatchObject([
      {source: 'GoLand2026.1 quota file', problem: {code: 'no_credentials'}},
    ]);
    await note(home, pathOf('CLion2025.3'), used(7), 600);
    expect(await found(home.machine())).toMatchObject([{source: 'CLion2025.3 quota file'}]);
  });

  it('is not there without a file, or with one in which nothing was noted', async () => {
    const home = await withHome({'.config/JetBrains/consentOptions/x': ''});
    expect(await found(home.machine())).toEqual([]);
    await note(home, pathOf('PyCharm2026.1'), '<application></application>', 5);
    expect(await found(home.machine())).toEqual([]);
  });

  it('is never requested: it has no host, and its reading is what was noted', async () => {
    expect(jetbrains.hosts).toEqual([]);
    const [account] = await found((await withHome(demo.files(Date.now()))).machine({now: Date.now}));
    if (account === undefined) return expect.unreachable('the demo has one');
    const nobody = new Proxy({}, {get: () => expect.unreachable('nothing is asked')});
    const reading = await jetbrains.fetch(account, nobody as never);
    expect(reading.windows.map(({id, use}) => [id, use.state])).toEqual([['30d', 'known']]);
    expect(toldAmounts(reading)).toEqual(['credits 2.5 credits']);
  });
});
