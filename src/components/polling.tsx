import {usePolling} from '../hooks/use-polling.ts';

/** Keeps a provider polled, whatever the screen shows of it. */
export function Polling({provider}: {provider: string}) {
  usePolling(provider);
  return null;
}
