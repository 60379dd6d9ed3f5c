import {useState, useSyncExternalStore} from 'react';
import type {Controller} from '../controllers/controller.ts';
import {alike, sameParts, sharing} from '../view/sharing.ts';
import {useController} from './use-controller.ts';

/** Something that the controller keeps: `select` picks it, and makes nothing of its own. */
export function useKept<T>(select: (controller: Controller) => T): T {
  const controller = useController();
  return useSyncExternalStore(controller.subscribe, () => select(controller));
}

/**
 * What a component shows of all that the controller knows. It renders again when that says something else, and not before.
 * React asks several times about each change: a `select` that stays the same function is asked once.
 */
export const useShown = <T>(select: Select<T>): T => useLasting(select, sharing);

/** The same for lines and whatever else is drawn as a whole: which part of it is another nobody asks. */
export const useWhole = <T>(select: Select<T>): T => useLasting(select, sameWhole);
const sameWhole = <T>(before: T | undefined, next: T): T =>
  before !== undefined && alike(before, next) ? before : next;

/** Several things that the controller keeps; one question for all of them. */
export const useParts = <T extends object>(select: Select<T>): T => useLasting<T>(select, sameParts);

type Select<T> = (controller: Controller) => T;
/** The last value again for one that says the same. */
type Keep<T> = (before: T | undefined, next: T) => T;

function useLasting<T>(select: Select<T>, keep: Keep<T>): T {
  const [lasting] = useState(() => untilItChanges(keep));
  return useKept(controller => lasting(controller, select));
}

function untilItChanges<T>(keep: Keep<T>): (controller: Controller, select: Select<T>) => T {
  let last: {revision: unknown; select: Select<T>; value: T} | undefined;
  return (controller, select) => {
    const revision = controller.revision();
    if (last === undefined || last.revision !== revision || last.select !== select)
      last = {revision, select, value: keep(last?.value, select(controller))};
    return last.value;
  };
}
