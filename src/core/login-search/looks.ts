import type {FileRead, Machine, Rows, RunResult} from '../provider.ts';

/** What discovery looked at on a machine, and whether a text stood in what it saw. The texts themselves go nowhere. */
export type Look = {
  state: 'ok' | 'missing' | 'unreadable';
  /** Why it is unreadable. */
  why?: string;
  /** The program that was run, for one. */
  program?: true;
  holds(text: string): boolean;
};

export type Looks = {
  /** The same machine; all that is read through it is noted. */
  through(machine: Machine): Machine;
  /** By path of a file, or of a program. */
  all: ReadonlyMap<string, Look>;
};

export function createLooks(): Looks {
  const all = new Map<string, Look>();
  const note = (path: string, look: Look): void => void all.set(path, merged(all.get(path), look));

  async function file<Answer extends Read>(path: string, answer: Promise<Answer>): Promise<Answer> {
    const read = await answer;
    note(path, {
      state: read.state,
      ...(read.state === 'unreadable' ? {why: read.why} : {}),
      holds: text => stringsIn(contentOf(read)).some(each => each.includes(text)),
    });
    return read;
  }

  return {
    all,
    through: machine => ({
      ...machine,
      readText: path => file(path, machine.readText(path)),
      readJson: path => file(path, machine.readJson(path)),
      query: (path, ...rest) => file(path, machine.query(path, ...rest)),
      async run(program, args, options) {
        const result = await machine.run(program, args, options);
        const why = whyNoAnswer(result);
        const state = why === undefined ? 'ok' : 'unreadable';
        note(program, {state, ...(why && {why}), program: true, holds: text => result.stdout.includes(text)});
        return result;
      },
    }),
  };
}

function whyNoAnswer({timedOut, refused}: RunResult): string | undefined {
  if (refused === 'open-to-others') return 'other users can change it, so it is not run';
  if (refused === 'not-startable') return 'it cannot be started';
  return timedOut ? 'it did not respond in time' : undefined;
}

type Read = FileRead | Rows | Awaited<ReturnType<Machine['readJson']>>;

function contentOf(read: Read): unknown {
  if (read.state !== 'ok') return null;
  return 'text' in read ? read.text : 'rows' in read ? read.rows : read.value;
}

/** Read in several ways it holds what any of them saw; what one of them could not read is said. */
function merged(before: Look | undefined, look: Look): Look {
  if (before === undefined) return look;
  const worse = before.state === 'unreadable' ? before : look;
  return {...worse, holds: text => before.holds(text) || look.holds(text)};
}

// A store may keep JSON in a column, and a file JSON in a text.
const deepest = 8;

function stringsIn(value: unknown, depth = 0): string[] {
  if (depth > deepest) return [];
  if (typeof value === 'string') return [value, ...stringsIn(parsed(value), depth + 1)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(each => stringsIn(each, depth + 1));
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
