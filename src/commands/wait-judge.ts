import type {MonitorState} from '../core/model.ts';
import type {WaitAnswer} from '../core/polling/wait-until.ts';
import type {Services} from '../core/services.ts';
import type {WaitFor} from '../output/wait.ts';
import {availability} from '../output/wait-available.ts';
import {createResetWait} from '../output/wait-reset.ts';
import type {waitedFor} from './args/flags.ts';
import {absentFor, forecastsFrom} from './program.ts';

export type Judge = (state: MonitorState, now: number) => WaitAnswer;

/** Does what is waited for hold? */
export function judgeFor(
  until: (typeof waitedFor)[number],
  asked: Omit<WaitFor, 'privacy'>,
  services: Services,
): Judge {
  const wanted: WaitFor = {...asked, privacy: services.settings.store.get().settings.display.privacy};
  const absent = (): string[] => absentFor(asked.account, services);
  const resetWait = createResetWait(wanted, () => forecastsFrom(services));
  return until === 'reset'
    ? (state, now) => resetWait(state, now, absent())
    : (state, now) => availability(state, now, wanted, absent());
}

/** Of an account that is named, its provider alone. */
export const polledFor = (account: string | undefined, {catalogue}: Pick<Services, 'catalogue'>): string[] =>
  catalogue.map(({id}) => id).filter(id => account === undefined || account.startsWith(`${id}:`));
