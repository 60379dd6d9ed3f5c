import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {longRunOf, requestsOf} from '../../bench/engine.ts';
import {framesOf, pressKeys} from '../../bench/render.ts';
import {flickerOf} from '../../bench/support/flicker.ts';
import {createReadWorld, isFull} from '../../bench/support/ledger-world.ts';
import {finelyUsedMs, usageOf} from '../../bench/support/proc.ts';
import {peakMemory, runNode} from '../../bench/support/process.ts';
import {openPty, usualSize} from '../../bench/support/pty.ts';
import {interleaved} from '../../bench/support/rounds.ts';
import {median, percentile} from '../../bench/support/stats.ts';
import {textOf} from '../../bench/support/table.ts';
import {openWorkshop, type Workshop} from '../../bench/support/workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

// Nothing here says how fast anything is: only that what measures it works.
describe('a bench', () => {
  it('runs the program, and knows its time and its memory', async () => {
    const ended = await runNode([workshop.program, '--version'], {});
    expect(ended.code).toBe(0);
    expect(ended.ms).toBeGreaterThan(0);
    expect(await peakMemory([workshop.program, '--version'], {})).toBeGreaterThan(1_000_000);
  });

  it('sees the first full frame, presses keys, and plays the reads again', async () => {
    const world = await createReadWorld(workshop.program);
    const pty = openPty(process.execPath, [workshop.program], world.env);
    try {
      expect((await pty.shows(isFull)) - pty.startedAt).toBeGreaterThan(0);
      const before = pty.chunks.length;
      expect(await pressKeys(pty, '\t', 2)).toHaveLength(2);
      const flicker = await flickerOf(pty.chunks.slice(0, before), pty.chunks.slice(before), usualSize);
      expect(flicker.chunks).toBeGreaterThan(0);
      if (process.platform === 'linux') {
        expect(usageOf(pty.pid).rss).toBeGreaterThan(1_000_000);
        expect(finelyUsedMs(pty.pid)).toBeGreaterThan(0);
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

  it('counts the requests of copies that share a ledger', async () => {
    expect(await requestsOf(2, 0.05)).toBe(1);
  });

  it('lives through minutes with many accounts', async () => {
    const {readings, requests, startHeap} = await longRunOf(workshop, 3, 1);
    expect(readings).toBe(3);
    expect(requests).toBeGreaterThanOrEqual(3);
    expect(startHeap).toBeGreaterThan(1_000_000);
  });

  it('measures in turns and leaves the first round out', async () => {
    const order: string[] = [];
    const subject = (name: string) => ({
      name,
      measure: async () => {
        order.push(name);
        return order.length;
      },
    });
    const [first] = await interleaved([subject('a'), subject('b')], 2);
    expect(order.join('')).toBe('abbaab');
    expect(first?.values).toEqual([4, 5]);
  });

  it('knows the middle and the edge of what it found, and lines up its tables', () => {
    expect([median([3, 1, 2]), percentile([1, 2, 3, 4], 0.95)]).toEqual([2, 4]);
    expect(textOf({title: 'T', columns: ['what', 'ms'], rows: [['long name', '1']]})).toContain('| long name |  1 |');
  });
});
