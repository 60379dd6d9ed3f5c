import {useLayoutEffect} from 'react';
import type {Controller} from '../controllers/controller.ts';
import {onceDrawn} from './once-drawn.ts';

/** Reads the histories once the first frames are drawn: nobody waits for them. */
export function useHistories({histories}: Pick<Controller, 'histories'>): void {
  // Before polling begins, which may take a while.
  useLayoutEffect(() => onceDrawn(histories.begin), [histories]);
}
