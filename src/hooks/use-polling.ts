import {useEffect} from 'react';
import type {Monitor} from '../core/services.ts';

/** Polls these providers while the screen stands: the subscription is the lease, its cleanup gives it back. */
export function usePolling(monitor: Monitor, providers: readonly string[]): void {
  const wanted = providers.join('\n');
  useEffect(() => monitor.lease(wanted === '' ? [] : wanted.split('\n')), [monitor, wanted]);
}
