import {expect, it} from 'vitest';
import {inAWorld} from '../support/in-a-world.ts';
import {run} from '../support/run.ts';
import {program} from '../support/terminal.ts';

const {world} = inAWorld([]);

/** The program on a Node that is still closing a file when the answer is out, for so many looks at it. */
function closingFor(looks: number, alsoDoes: string) {
  const script = `${alsoDoes}let left = ${looks};
    process.getActiveResourcesInfo = () => (left-- > 0 ? ['CloseReq'] : []);`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(script)}`, program, '--json'];
  return run(args, world().env, {command: process.execPath});
}

it.each([
  ['that can hand itself over', ''],
  ['of before 22.15, which cannot', 'process.execve = undefined;'],
])('the exit code is kept when a file is still being closed, on a Node %s', async (_, alsoDoes) => {
  const {code, stdout} = await closingFor(4, alsoDoes);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({accounts: []});
});

it('a thread that is held for good is not waited for', async () => {
  const {code, stdout} = await closingFor(Number.POSITIVE_INFINITY, '');
  expect([code, JSON.parse(stdout)]).toEqual([3, expect.objectContaining({accounts: []})]);
});
