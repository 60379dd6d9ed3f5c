/** A BUNDLE OF ITS OWN. Looks for logins without what makes requests (`scripts/look-way/options.ts`). */
import type {MonitorState} from '../../core/model.ts';
import type {Services} from '../../core/services.ts';
import type {Asked} from '../args/parse.ts';
import {answerOf} from '../guard.ts';
import {guardLimits} from '../guard-answer.ts';
import {answerOnce} from '../once.ts';
import {servicesFor} from '../program.ts';
import {isUsualWayTaken} from './usual-way.ts';

/** What the usual way would say now, where nothing has to be asked; null where something has. */
export async function answer(asked: Asked, isGuard: boolean): Promise<number | null> {
  const services = await servicesFor(asked, {ledger: true});
  const state = await services.monitor.lookOnce({maxAgeMs: (asked.number('max-age') ?? 0) * 1000});
  if (state === null || isUsualWayTaken() || hasSkipped(state)) return null;
  const code = isGuard ? guarded(asked, state, services) : await answerOnce(asked, state, services);
  await services.close();
  return code;
}

/** A thread may still be held there, which the usual way knows how to leave. */
const hasSkipped = ({notices}: MonitorState): boolean => notices.some(({code}) => code === 'place-skipped');

function guarded(asked: Asked, state: MonitorState, services: Services): number | null {
  const limits = guardLimits(asked);
  return limits === null ? null : answerOf(asked, limits, state, services);
}
