import {type Clock, longestTimerMs} from '../clock.ts';
import type {MonitorState} from '../model.ts';
import type {Monitor} from '../services.ts';

/** What is known of something that is waited for. `line` says it, for people. */
export type WaitAnswer = {
  /** `unread`: nothing is known yet; `pending`: it does not hold yet; `cannot-tell`: waiting may never tell. */
  kind: 'holds' | 'pending' | 'unread' | 'cannot-tell';
  line: string;
};
export type WaitEnd = {kind: 'holds' | 'cannot-tell' | 'late' | 'interrupted'; line: string};

export type WaitOptions = {
  /** Ids of those that are polled meanwhile. */
  providers: readonly string[];
  timeoutMs: number | null;
  interrupted: AbortSignal;
  judge(state: MonitorState, now: number): WaitAnswer;
  /** The logins are known. */
  onDiscovered?(): void;
  /** Every answer that ends nothing. */
  onAnswer?(answer: WaitAnswer): void;
  /** How often time alone may change the answer; without a reader of `onAnswer` seldom enough to cost nothing. */
  everyMs: number;
};

// A login that is being renewed is gone, or broken, for a moment: what could be told before will be told again.
const graceMs = 60_000;

/** Polls as the monitor does, and looks at every change, until it holds or can no longer be told. Nothing is left running. */
export async function waitUntil(
  {monitor, clock}: {monitor: Pick<Monitor, 'store' | 'lease' | 'rediscover'>; clock: Clock},
  options: WaitOptions,
): Promise<WaitEnd> {
  const {judge, interrupted, timeoutMs} = options;
  const verdict = createVerdict();
  const endsAt = timeoutMs === null ? Number.POSITIVE_INFINITY : clock.now() + timeoutMs;
  let isLate = false;
  const cleanup: (() => void)[] = [];
  const ended = new Promise<WaitEnd>(resolve => {
    let isDiscovered = false;
    let last: WaitAnswer = {kind: 'unread', line: ''};
    let told = '';
    function look(): void {
      const now = clock.now();
      if (isDiscovered) last = judge(monitor.store.get(), now);
      // While a reading is renewed, what the one before told is still the best that is known.
      if (last.kind !== 'unread' || told === '') told = last.line;
      const end = verdict(last, now);
      if (interrupted.aborted) resolve({kind: 'interrupted', line: told});
      else if (end !== null) resolve(end);
      else if (isLate || now >= endsAt) resolve({kind: 'late', line: told});
      else options.onAnswer?.(last);
    }
    cleanup.push(monitor.store.subscribe(look), everySoOften(clock, options.everyMs, look));
    // A clock that is set back makes nobody wait longer; one that a sleep moved ahead is looked at.
    if (timeoutMs !== null && timeoutMs <= longestTimerMs)
      cleanup.push(
        clock.after(timeoutMs, () => {
          isLate = true;
          look();
        }),
      );
    interrupted.addEventListener('abort', look, {once: true});
    cleanup.push(() => interrupted.removeEventListener('abort', look));
    cleanup.push(monitor.lease(options.providers));
    void monitor.rediscover().then(() => {
      isDiscovered = true;
      options.onDiscovered?.();
      look();
    });
  });
  return ended.finally(() => {
    for (const clean of cleanup) clean();
  });
}

/** The end that an answer brings, if any. */
function createVerdict(): (answer: WaitAnswer, now: number) => WaitEnd | null {
  let wasTold = false;
  let doubtfulSince: number | null = null;
  return ({kind, line}, now) => {
    if (kind === 'holds') return {kind, line};
    if (kind === 'pending') wasTold = true;
    if (kind !== 'cannot-tell') doubtfulSince = null;
    else {
      doubtfulSince ??= now;
      if (!wasTold || now - doubtfulSince >= graceMs) return {kind, line};
    }
    return null;
  };
}

/** Until the result is called. */
function everySoOften(clock: Clock, everyMs: number, look: () => void): () => void {
  let stop = (): void => {};
  const next = (): void => {
    stop = clock.after(everyMs, () => {
      next();
      look();
    });
  };
  next();
  return () => stop();
}
