import type {Machine, RunResult} from '../provider.ts';

const second = 1000;
// Logins are discovered every few seconds; what a program says of them changes once in weeks.
const reuseMs = 5 * 60 * second;
// Who presses `r` wants to know now; who keeps it pressed does not start a program each time.
const reuseByHandMs = 30 * second;

/** The programs of a machine, started rarely: what one has answered is used again, a failure too. */
export type RunMemory = {
  run: Machine['run'];
  /** By hand: programs whose answers are not quite new are started again. */
  renew(): void;
  /** The service refuses one of these secrets: a program whose answer holds it is started again, once for each secret. */
  forget(secrets: readonly string[]): void;
};

type Answer = {at: number; stamp: string | undefined; result: Promise<RunResult>; stdout: string | null};

export function rememberRuns(run: Machine['run'], now: () => number): RunMemory {
  const answers = new Map<string, Answer>();
  const refused = new Set<string>();

  function start(...[program, args, options]: Parameters<Machine['run']>): Answer {
    const answer: Answer = {at: now(), stamp: options.stamp, result: run(program, args, options), stdout: null};
    answer.result.then(
      // What was not started costs nothing, and the user may be mending it.
      ({stdout, refused}) => Object.assign(answer, {stdout, ...(refused && {at: Number.NEGATIVE_INFINITY})}),
      () => {},
    );
    return answer;
  }

  function isUsable(answer: Answer | undefined, stamp: string | undefined): answer is Answer {
    const age = now() - (answer?.at ?? 0);
    return answer !== undefined && answer.stamp === stamp && age >= 0 && age <= reuseMs;
  }

  return {
    run(program, args, options) {
      const key = JSON.stringify([program, ...args]);
      const known = answers.get(key);
      const answer = isUsable(known, options.stamp) ? known : start(program, args, options);
      answers.set(key, answer);
      return answer.result;
    },
    renew() {
      for (const [key, {at, stdout}] of answers) if (stdout !== null && now() - at > reuseByHandMs) answers.delete(key);
    },
    forget(secrets) {
      const unheard = secrets.filter(secret => secret !== '' && !refused.has(secret));
      for (const secret of unheard) refused.add(secret);
      for (const [key, {stdout}] of answers) if (unheard.some(secret => stdout?.includes(secret))) answers.delete(key);
    },
  };
}
