import type {Note} from '../../core/model.ts';
import {byTightness, type Left, type Limit, lengthByReset, usedPercentOf} from './limits.ts';

/** One model's share in its pool, whichever answer tells it. */
export type Model = {name: string; pool: string; left: Left; resetsAt: number | null};

// Pictures are counted apart from the pool.
export const isImage = (id: string): boolean => /image/i.test(id);
export const isHidden = (id: string): boolean => /^(?:chat_|tab_|rev)|mquery|lite/i.test(id);

// More models than any menu has; all of them count, not all are named.
const mostModels = 64;

/** One limit per pool, which stands where the model stands that has least left. */
export function poolLimits(models: readonly Model[], now: number): Limit[] {
  const pools = Map.groupBy(models, ({pool}) => pool);
  return [...pools].flatMap(([pool, members]) => poolLimit(pool, members, now));
}

function poolLimit(pool: string, models: readonly Model[], now: number): Limit[] {
  const [tightest] = [...models].sort(byTightness);
  if (tightest === undefined) return [];
  const {left, resetsAt} = tightest;
  const {id, windowMs} = lengthByReset(resetsAt, now);
  const shares = models
    .slice(0, mostModels)
    .flatMap(({name, left}) =>
      typeof left === 'number' ? [{name, value: usedPercentOf(left), unit: 'percent' as const}] : [],
    );
  return [{id: `${pool}/${id}`, pool, windowMs, resetsAt, left, ...(shares.length > 0 ? {shares} : {})}];
}

/** Several rows of one model count as the tightest of them. */
export function tightestByName(models: readonly Model[]): Model[] {
  const byName = Map.groupBy(models, ({name}) => name);
  return [...byName.values()].flatMap(rows => [...rows].sort(byTightness).slice(0, 1));
}

export const modelNotes = (models: readonly Model[]): Note[] => models.slice(0, mostModels).map(noteOf);

const noteOf = ({name, left}: Model): Note => ({
  code: 'model',
  text: name,
  ...(typeof left === 'number' ? {percent: usedPercentOf(left)} : {}),
});
