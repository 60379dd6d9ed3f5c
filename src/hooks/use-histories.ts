import {useEffect} from 'react';
import type {Controller} from '../controllers/controller.ts';

/** Reads the histories once the first frame is drawn: nobody waits for them. */
export function useHistories({histories}: Pick<Controller, 'histories'>): void {
  useEffect(() => {
    const timer = setTimeout(histories.begin, 0);
    return () => clearTimeout(timer);
  }, [histories]);
}
