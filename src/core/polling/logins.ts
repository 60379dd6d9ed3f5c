import type {Account, Provider} from '../provider.ts';
import type {MonitorDeps} from './deps.ts';
import type {Found} from './monitor-state.ts';

// Requests of many accounts that start in one moment share one discovery.
const shareMs = 250;

/** The logins that stand on this machine at this moment: credentials rotate under us. */
export type Logins = {
  /** All of the provider's that the user does not hide. */
  find(provider: Provider): Promise<Found>;
  /** The login of an account, for a request. Null when it is gone. */
  read(provider: Provider, key: string): Promise<Account | null>;
  /** The login whose credential has replaced the one that the service refused. Null when it is still the same. */
  renewed(provider: Provider, refused: Account): Promise<Account | null>;
};

export function createLogins({
  discovery,
  settings,
  clock,
}: Pick<MonitorDeps, 'discovery' | 'settings' | 'clock'>): Logins {
  const shared = new Map<string, {at: number; found: Promise<Found>}>();

  async function discover(provider: Provider): Promise<Found> {
    const all = await discovery.find(provider);
    const {hidden} = settings.get();
    const accounts = all.filter(({key}) => !hidden.includes(key));
    return {accounts, hidden: all.length - accounts.length};
  }

  function find(provider: Provider): Promise<Found> {
    const found = discover(provider);
    shared.set(provider.id, {at: clock.now(), found});
    return found;
  }

  function findShared(provider: Provider): Promise<Found> {
    const last = shared.get(provider.id);
    const age = clock.now() - (last?.at ?? 0);
    return last !== undefined && age >= 0 && age < shareMs ? last.found : find(provider);
  }

  return {
    find,
    read: async (provider, key) => ofKey(await findShared(provider), key),
    async renewed(provider, refused) {
      discovery.forget(refused.secrets);
      const account = ofKey(await find(provider), refused.key);
      return account !== null && canRefresh(account) && account.fingerprint !== refused.fingerprint ? account : null;
    },
  };
}

const ofKey = ({accounts}: Found, key: string): Account | null => accounts.find(account => account.key === key) ?? null;

/** False for a login that is broken, or known without a request. */
export const canRefresh = ({problem, known}: Account): boolean => problem === undefined && known === undefined;
