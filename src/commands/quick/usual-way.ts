let isTaken = false;

/** Where a quick way out has reached what it may not do: the usual way is taken, whatever becomes of this error. */
export function usualWay(): never {
  isTaken = true;
  throw new Error('the usual way is taken');
}

export const isUsualWayTaken = (): boolean => isTaken;
