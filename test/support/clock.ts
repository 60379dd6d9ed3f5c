import {vi} from 'vitest';

/** Time that the test owns. React's scheduler keeps the real `setImmediate`, so both are moved along. */
const realImmediate = setImmediate;

/** Lets everything that is due right now happen. */
export async function flush(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise<void>(resolve => {
      realImmediate(() => resolve());
    });
  }
}

/** Moves the fake clock, and lets happen what that brings. */
export async function tick(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await flush();
}
