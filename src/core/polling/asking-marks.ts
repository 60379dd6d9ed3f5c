import type {Clock} from '../clock.ts';
import type {Accounts} from './accounts.ts';

// What is answered sooner is drawn once, with the answer: a mark that comes and goes would cost more than the request.
const markAfterMs = 400;

/** When an account says that it is being refreshed: at once where somebody asked for it, else only while its answer is late. */
export type AskingMarks = {
  begin(key: string, byHand: boolean): void;
  /** Somebody asks for what is under way. */
  hurry(key: string): void;
  end(key: string): void;
};

export function createAskingMarks({clock, accounts}: {clock: Clock; accounts: Accounts}): AskingMarks {
  const waiting = new Map<string, () => void>();
  const end = (key: string): void => {
    waiting.get(key)?.();
    waiting.delete(key);
  };
  const show = (key: string): void => {
    end(key);
    accounts.patch(key, {refreshing: true});
  };
  return {
    begin(key, byHand) {
      if (byHand) show(key);
      else
        waiting.set(
          key,
          clock.after(markAfterMs, () => show(key)),
        );
    },
    hurry(key) {
      if (waiting.has(key)) show(key);
    },
    end,
  };
}
