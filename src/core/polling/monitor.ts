import {createKeeper} from '../foresight/keeper.ts';
import type {Monitor} from '../services.ts';
import {createAccounts} from './accounts.ts';
import {createRefreshByHand} from './by-hand.ts';
import type {MonitorDeps} from './deps.ts';
import {createLogins} from './logins.ts';
import {createPoller} from './poller.ts';
import {lookOnce, readOnce} from './read-once.ts';
import {createRediscovery, type Rediscovery} from './rediscover.ts';
import {createRefresher} from './refresher.ts';
import {createRequestCounts} from './request-counts.ts';

/** Joins what finds logins, what refreshes accounts and what decides when. */
export function createMonitor(deps: MonitorDeps): Monitor & Pick<Rediscovery, 'addFirstReading'> {
  const {clock, store, settings, ledger} = deps;
  const shared = {...deps, logins: createLogins(deps), accounts: createAccounts(deps)};
  const keeper = createKeeper(shared);
  const requests = createRequestCounts();
  const refresher = createRefresher({...shared, keeper, requests});
  const rediscovery = createRediscovery(shared);
  const poller = createPoller({...shared, refresher, rediscovery, keeper});
  const stopFollowing = settings.subscribe(() => {
    shared.accounts.reschedule(clock.now());
    void poller.rediscover();
  });
  return {
    store,
    lease: poller.lease,
    rediscover: poller.rediscover,
    refresh: createRefreshByHand({...shared, refresher, rediscover: poller.rediscover}),
    forecasts: keeper.forecasts,
    learnedOf: keeper.learnedOf,
    requests: requests.all,
    addFirstReading: rediscovery.addFirstReading,
    setPaused: paused => store.update(state => ({...state, paused})),
    lookOnce: options => lookOnce({...shared, refresher, rediscovery}, options),
    readOnce: options => readOnce({...shared, refresher, rediscovery}, options),
    async close() {
      stopFollowing();
      poller.stop();
      await refresher.idle();
      await ledger.close();
    },
  };
}
