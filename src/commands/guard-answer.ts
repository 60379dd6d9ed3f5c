import type {ForecastOf} from '../core/foresight/forecasts.ts';
import type {MonitorState} from '../core/model.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {judge} from '../output/guard.ts';
import type {Asked} from './args/parse.ts';
import {complain, print} from './output.ts';

export type GuardLimits = {minRemaining: number; maxRisk: number | undefined};
type Known = {
  state: MonitorState;
  now: number;
  forecastOf: ForecastOf;
  privacy: boolean;
  /** Why something is not shown that is there. */
  absent: readonly string[];
};

// A line holds what was typed as a window or an account.
const longestLine = 400;

/** With a highest risk alone nothing need be left beyond that; null without either. */
export function guardLimits(asked: Asked): GuardLimits | null {
  const [minRemaining, maxRisk] = [asked.number('min-remaining'), asked.number('max-risk')];
  return minRemaining === undefined && maxRisk === undefined ? null : {minRemaining: minRemaining ?? 0, maxRisk};
}

/** Prints what `guard` says of what is known, and returns its exit code. */
export function answerGuard(asked: Asked, limits: GuardLimits, {state, absent, ...known}: Known): number {
  const {exitCode, line} = judge(state, {
    ...limits,
    ...known,
    absent,
    window: asked.text('window'),
    provider: asked.text('provider'),
    account: asked.text('account'),
  });
  for (const each of absent) if (!line.includes(each)) complain(each);
  return print(`${sanitize(line, longestLine)}\n`, exitCode);
}
