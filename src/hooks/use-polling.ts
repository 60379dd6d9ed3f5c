import {useEffect} from 'react';
import {onceDrawn} from './once-drawn.ts';
import {useController} from './use-controller.ts';

/**
 * Polls a provider while the component stands: the subscription is the lease, its cleanup gives it back. It begins once the
 * first frames are drawn: they show what is known, and to look for logins takes longer than to answer a key.
 */
export function usePolling(provider: string): void {
  const {monitor} = useController().services;
  useEffect(() => {
    let giveBack: (() => void) | null = null;
    const callOff = onceDrawn(() => {
      giveBack = monitor.lease([provider]);
    });
    return () => {
      callOff();
      giveBack?.();
    };
  }, [monitor, provider]);
}
