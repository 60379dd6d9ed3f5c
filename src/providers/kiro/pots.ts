import type {Note, Use, Window} from '../../core/model.ts';
import {fractionUse} from '../shared/use.ts';
import {isRecord, type Json, listOf, recordOf, toEpochMs, toNumber} from '../shared/values.ts';

type Pots = {windows: Window[]; notes: Note[]};

/** Credits beside the plan's, spent before them: a trial, and gifts taken together. They end, and do not reset. */
export function potsOf(row: Json, now: number): Pots {
  const trial = recordOf(row.freeTrialInfo);
  const bonuses = listOf(row.bonuses)
    .filter(isRecord)
    .filter(({status}) => status === 'ACTIVE');
  const trials = trial.freeTrialStatus === 'ACTIVE' ? [trial] : [];
  return {
    windows: [...potOf('trial', trials), ...potOf('bonus', bonuses)],
    notes: [
      ...endOf(
        'kiro/trial-ends',
        trials.map(({freeTrialExpiry}) => freeTrialExpiry),
        now,
      ),
      ...endOf(
        'kiro/bonus-ends',
        bonuses.map(({expiresAt}) => expiresAt),
        now,
      ),
    ],
  };
}

function potOf(pool: string, pots: readonly Json[]): Window[] {
  if (pots.length === 0) return [];
  return [{id: `${pool}/total`, pool, windowMs: null, resetsAt: null, use: sharedUse(pots), unit: 'credits'}];
}

/** Unknown as soon as one of them is. */
function sharedUse(pots: readonly Json[]): Use {
  const sumOf = (name: string): number | undefined =>
    pots.reduce<number | undefined>((sum, pot) => {
      const figure = figureOf(pot, name);
      return sum === undefined || figure === undefined ? undefined : sum + figure;
    }, 0);
  return fractionUse(sumOf('currentUsage'), sumOf('usageLimit'));
}

/** When the first of them ends. */
function endOf(code: Note['code'], ends: readonly unknown[], now: number): Note[] {
  const times = ends.map(toEpochMs).filter(at => at !== null && at > now);
  return times.length === 0 ? [] : [{code, at: Math.min(...times.map(Number))}];
}

/** With its fraction where that is told; nothing is counted below zero. */
export const figureOf = (row: Json, name: string): number | undefined =>
  [`${name}WithPrecision`, name].map(each => toNumber(row[each])).find(figure => figure !== undefined && figure >= 0);
