import {useSyncExternalStore} from 'react';
import type {Store} from '../core/store.ts';

/** The stored reference, and a new render when it is replaced. What is derived from it is derived in render. */
export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get, store.get);
