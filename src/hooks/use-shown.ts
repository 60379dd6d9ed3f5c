import {useState, useSyncExternalStore} from 'react';
import type {Controller} from '../controllers/controller.ts';
import {sharing} from '../view/sharing.ts';
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
export function useShown<T>(select: (controller: Controller) => T): T {
  const [lasting] = useState(untilItChanges<T>);
  return useKept(controller => lasting(controller, select));
}

type Select<T> = (controller: Controller) => T;

/** Gives the last value again for one that says the same. */
function untilItChanges<T>(): (controller: Controller, select: Select<T>) => T {
  let last: {revision: unknown; select: Select<T>; value: T} | undefined;
  return (controller, select) => {
    const revision = controller.revision();
    if (last === undefined || last.revision !== revision || last.select !== select)
      last = {revision, select, value: sharing(last?.value, select(controller))};
    return last.value;
  };
}
