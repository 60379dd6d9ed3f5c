import type {Connection} from './connection.ts';
import {troubleOf} from './faults.ts';
import {keepLink} from './link.ts';
import type {FleetParts} from './parts.ts';
import {mayWrite, migrate} from './schema.ts';
import {type Session, sessionOn} from './session.ts';

/** The way to the database while it is there: one thing after the other, and what others write is heard of. */

export type Line = ReturnType<typeof createLine>;

export type Handlers = {
  /** Before it counts as being there. */
  begin(session: Session): Promise<void>;
  /** It is there now. */
  begun(): void;
  /** Others wrote something. */
  pull(session: Session): Promise<void>;
};

// Many copies that hear of the same do not all ask in one moment.
const spreadMs = 100;
// A database that is started again is back within this time: nobody polls for himself before.
const patienceMs = 10_000;
const pingMs = 30_000;
// Where the server sends no notifications.
const pollMs = 1000;

export function createLine(parts: FleetParts, handlers: Handlers) {
  const {clock, onTrouble} = parts;
  let session: Session | null = null;
  let isDenied = false;
  let tasks: Promise<unknown> = Promise.resolve();
  let lostAt = Number.NEGATIVE_INFINITY;
  let stopPinging = (): void => {};

  async function begin(db: Connection): Promise<void> {
    const {next, everyMs} = await prepared(db, parts, pull);
    await handlers.begin(next);
    session = next;
    isDenied = false;
    onTrouble(next.mayWrite ? null : {kind: 'read-only'});
    stopPinging = everySoOften(clock, everyMs, () => task(async at => ((await at.look()) ? pull() : undefined)));
    handlers.begun();
    // What was written while this copy took in the rest.
    pull();
    parts.heard();
  }

  /** Whatever happens to the connection meanwhile, nothing is thrown; `otherwise` is done without it. */
  function task(work: (session: Session) => Promise<unknown>, otherwise: () => void = () => {}): void {
    const at = session;
    const run = async (): Promise<void> => {
      if (at === null || session !== at) return otherwise();
      await work(at).catch((error: unknown) => {
        fail(error, at);
        otherwise();
      });
    };
    // Without the database nobody waits for those who still wait for it.
    if (at === null) otherwise();
    else tasks = tasks.then(run);
  }

  function fail(error: unknown, at: Session): void {
    if (session !== at) return;
    const kind = troubleOf(error);
    if (kind === 'gone') link.leave(error);
    if (kind !== 'denied') return;
    isDenied = true;
    onTrouble({kind: 'read-only'});
  }

  const pull = together(clock, task, at => handlers.pull(at).then(parts.heard));

  const link = keepLink({
    ...{clock, open: parts.open, begin},
    onGone(error) {
      if (session !== null) lostAt = clock.now();
      session = null;
      stopPinging();
      onTrouble({kind: 'away', error});
    },
  });
  const mayRefresh = (): boolean => session === null || (session.mayWrite && !isDenied);
  return {
    ready: link.ready,
    session: (): Session | null => session,
    mayRefresh,
    /** Lost a moment ago: it may be back in another. */
    isMissing: (): boolean => session === null && Math.abs(clock.now() - lostAt) < patienceMs,
    task,
    fail,
    /** What does not stand in the queue is waited for all the same. */
    await(work: Promise<unknown>): void {
      const before = tasks;
      tasks = work.catch(() => {}).then(() => before);
    },
    async idle(): Promise<void> {
      for (let last: unknown; last !== tasks; await last) last = tasks;
    },
    async close(): Promise<void> {
      stopPinging();
      await tasks;
      await link.close();
    },
  };
}

async function prepared(db: Connection, parts: FleetParts, heard: () => void) {
  await migrate(db);
  const next = sessionOn(db, await mayWrite(db), {...parts, now: parts.clock.now});
  const everyMs = await listenOn(db, parts.owner, heard);
  await next.look();
  return {next, everyMs};
}

type Task = (work: (session: Session) => Promise<unknown>, otherwise?: () => void) => void;

/** Many notifications that come together are one look. */
function together(clock: FleetParts['clock'], task: Task, work: (session: Session) => Promise<unknown>): () => void {
  let isWaiting = false;
  const ended = (): void => {
    isWaiting = false;
  };
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    clock.after(Math.random() * spreadMs, () =>
      task(at => {
        ended();
        return work(at);
      }, ended),
    );
  };
}

/** Until the result is called. */
function everySoOften(clock: FleetParts['clock'], everyMs: number, run: () => void): () => void {
  let stop = (): void => {};
  const next = (): void => {
    stop = clock.after(everyMs, () => {
      next();
      run();
    });
  };
  next();
  return () => stop();
}

/** How often it is looked whether there is news. A server that only follows another one tells nobody. */
async function listenOn(db: Connection, owner: string, heard: () => void): Promise<number> {
  db.onNotice(writer => {
    if (writer !== owner) heard();
  });
  try {
    await db.query('LISTEN mystatus');
    return pingMs;
  } catch (error) {
    if ((error as {code?: unknown}).code === undefined) throw error;
    return pollMs;
  }
}
