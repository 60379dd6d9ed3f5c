import type {MonitorState} from '../core/model.ts';
import type {Mode} from './keymap/table.ts';
import type {Ui} from './ui-state.ts';

const twoMinutes = 120_000;
// The second in which a window resets still counts: without it the screen would stand at its last countdown.
const lastSecond = 1000;
/** A provider with more accounts than this is not watched by the second. */
const watchedAccounts = 8;

/** Views with countdowns, beside the details. */
const counting: readonly Mode[] = ['panels', 'agenda', 'history'];

/** True while a text shows seconds: in the detail view, and in the last two minutes of a window. */
export function showsSeconds(ui: Ui, state: MonitorState, now: number): boolean {
  if (ui.mode === 'detail') return true;
  if (!counting.includes(ui.mode)) return false;
  return state.providers.some(provider =>
    provider.accounts
      .slice(0, watchedAccounts)
      .some(key =>
        state.accounts[key]?.reading?.windows.some(
          ({resetsAt}) => resetsAt !== null && resetsAt > now - lastSecond && resetsAt - now <= twoMinutes,
        ),
      ),
  );
}
