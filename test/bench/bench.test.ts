import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {lifeOf} from '../../bench/engine.ts';
import {framesOf, pressKeys} from '../../bench/render.ts';
import {rowsOf} from '../../bench/rows.ts';
import {createReadWorld, isFull} from '../../bench/support/ledger-world.ts';
import {runNode, usageOf} from '../../bench/support/process.ts';
import {openPty, usualSize} from '../../bench/support/pty.ts';
import {interleaved, median, percentile} from '../../bench/support/stats.ts';
import {textOf} from '../../bench/support/table.ts';
import {usageOfRows} from '../../bench/support/used-rows.ts';
import {openWorkshop, type Workshop} from '../../bench/support/workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

// Nothing here says how fast anything is: only that what measures it works.
describe('a bench', () => {
  it('runs the program, and knows its time', async () => {
    const ended = await runNode([workshop.program, '--version'], {});
    expect(ended.code).toBe(0);
    expect(ended.ms).toBeGreaterThan(0);
  });

  it('sees the first full frame, presses keys, and knows what the program uses', async () => {
    const world = await createReadWorld(workshop.program);
    const pty = openPty(process.execPath, [workshop.program], world.env);
    try {
      expect((await pty.shows(isFull)) - pty.startedAt).toBeGreaterThan(0);
      expect(await pressKeys(pty, '\t', 2)).toHaveLength(2);
      if (process.platform === 'linux') {
        expect(usageOf(pty.pid).rss).toBeGreaterThan(1_000_000);
        expect(usageOf(pty.pid).cpuMs).toBeGreaterThan(0);
      }
    } finally {
      await pty.close();
      await world.close();
    }
  });

  it.each(['ansi', 'hello', 'figure', 'all', 'key'])('draws frames of "%s"', async subject => {
    const {ms, bytes} = await framesOf(workshop, {subject, size: usualSize, accounts: 6, frames: 1});
    expect(ms).toHaveLength(1);
    expect(bytes[0]).toBeGreaterThan(0);
  });

  it.each(['panels', 'table'] as const)(
    'changes a text in view with every turn, with many providers in %s',
    async view => {
      // Where the fewest have room.
      const size = {columns: 80, rows: 24};
      const frames = {subject: 'figure', size, accounts: 2, frames: 4, providers: 25, view} as const;
      expect((await framesOf(workshop, frames)).ms).toHaveLength(4);
    },
  );

  it('draws frames of many providers in the table, and counts what the rows of the screen are used for', async () => {
    const many = {subject: 'figure', size: usualSize, accounts: 2, frames: 1, providers: 12, view: 'table'} as const;
    expect((await framesOf(workshop, many)).ms).toHaveLength(1);
    const {useful, blank} = await rowsOf(workshop, {columns: 80, rows: 24}, 25, 'table');
    expect(useful).toBeGreaterThan(10);
    expect(blank).toBe(0);
  });

  it('tells rows that say something from borders, the agenda and blank rows', () => {
    const picture = [
      ' USED %  5 logins: 5 ok',
      '┏━ 1 OpenAI ━━━ ▼ 2 ━┓ ╭─ Resets ───────╮',
      '┃ 5h ━━━━╌╌ 62%      ┃ │ 09:00  ┬ now   │',
      '┗━ 796.25 credits ━━━┛ │ 11:13  └ 5h 62%│',
      '  Z.ai ✗ unreachable   ╰────────────────╯',
      '',
      ' r refresh',
    ];
    expect(usageOfRows(picture)).toEqual({useful: 2, figures: 3, blank: 1});
  });

  it('lives through minutes with several copies and accounts', async () => {
    const {requests, readings, heaps} = await lifeOf(2, 3, 1);
    expect([requests, readings]).toEqual([3, 6]);
    expect(Math.min(...heaps)).toBeGreaterThan(1_000_000);
  });

  it('measures in turns and leaves the first round out', async () => {
    const order: string[] = [];
    const subject = (name: string) => async () => {
      order.push(name);
      return order.length;
    };
    const [first] = await interleaved([subject('a'), subject('b')], 2);
    expect(order.join('')).toBe('abbaab');
    expect(first).toEqual([4, 5]);
  });

  it('knows the middle and the edge of what it found, and lines up its tables', () => {
    expect([median([3, 1, 2]), percentile([1, 2, 3, 4], 0.95)]).toEqual([2, 4]);
    expect(textOf({title: 'T', columns: ['what', 'ms'], rows: [['long name', '1']]})).toContain('| long name |  1 |');
  });
});
