import {useState, useSyncExternalStore} from 'react';
import type {Controller} from '../controllers/controller.ts';
import {sharing} from '../view/sharing.ts';
import {useController} from './use-controller.ts';

/** Something that the controller keeps: `select` picks it, and makes nothing of its own. */
export function useKept<T>(select: (controller: Controller) => T): T {
  const controller = useController();
  return useSyncExternalStore(controller.subscribe, () => select(controller));
}

/** What a component shows of all that the controller knows. It renders again when that says something else, and not before. */
export function useShown<T>(select: (controller: Controller) => T): T {
  const [lasting] = useState(untilItChanges<T>);
  return useKept(controller => lasting(select(controller)));
}

/** Gives the last value again for one that says the same. */
function untilItChanges<T>(): (next: T) => T {
  let last: T | undefined;
  return next => {
    last = sharing(last, next);
    return last;
  };
}
