import {useEffect} from 'react';
import {useController} from './use-controller.ts';

/** Polls a provider while the component stands: the subscription is the lease, its cleanup gives it back. */
export function usePolling(provider: string): void {
  const {monitor} = useController().services;
  useEffect(() => monitor.lease([provider]), [monitor, provider]);
}
