import type {Clock} from '../clock.ts';
import type {Account, Provider} from '../provider.ts';
import type {MonitorDeps} from './deps.ts';
import type {Found} from './monitor-state.ts';

// Requests of many accounts that start in one moment share one discovery.
const shareMs = 250;

type Deps = Pick<MonitorDeps, 'discovery' | 'settings' | 'clock'>;

/** The logins that stand on this machine at this moment: credentials rotate under us. */
export type Logins = {
  /** All of the provider's that the user does not hide. */
  find(provider: Provider): Promise<Found>;
  /** The login of an account, for a request: from its own place, and only if it is not there from any. Null when it is gone. */
  read(provider: Provider, key: string): Promise<Account | null>;
  /** The login whose credential has replaced the one that the service refused. Null when it is still the same. */
  renewed(provider: Provider, refused: Account): Promise<Account | null>;
};

export function createLogins({discovery, settings, clock}: Deps): Logins {
  const recent = createRecent<Found>(clock);
  const placeOf = new Map<string, string | undefined>();

  const shown = (all: Account[]): Found => {
    const {hidden} = settings.get();
    const accounts = all.filter(({key}) => !hidden.includes(key));
    return {accounts, hidden: all.length - accounts.length};
  };

  async function discover(provider: Provider): Promise<Found> {
    const all = await discovery.find(provider);
    for (const {key, place} of all) placeOf.set(key, place);
    return shown(all);
  }
  const find = (provider: Provider): Promise<Found> => recent.put(provider.id, discover(provider));
  const findIn = (provider: Provider, place: string): Promise<Found> =>
    recent.put(`${provider.id} ${place}`, discovery.findIn(provider, place).then(shown));

  return {
    find,
    async read(provider, key) {
      const place = placeOf.get(key);
      if (place !== undefined && recent.get(provider.id) === undefined) {
        const found = await (recent.get(`${provider.id} ${place}`) ?? findIn(provider, place));
        const account = ofKey(found, key);
        if (account !== null && canRefresh(account)) return account;
      }
      return ofKey(await (recent.get(provider.id) ?? find(provider)), key);
    },
    async renewed(provider, refused) {
      discovery.forget(refused.secrets);
      const place = placeOf.get(refused.key);
      const inPlace = place === undefined ? null : ofKey(await findIn(provider, place), refused.key);
      if (isRenewed(inPlace, refused)) return inPlace;
      const anywhere = ofKey(await find(provider), refused.key);
      return isRenewed(anywhere, refused) ? anywhere : null;
    },
  };
}

/** The latest answer by name, for those who come within a moment of whoever put it there. */
function createRecent<T>(clock: Clock) {
  const latest = new Map<string, {at: number; answer: Promise<T>}>();
  return {
    put(name: string, answer: Promise<T>): Promise<T> {
      latest.set(name, {at: clock.now(), answer});
      return answer;
    },
    get(name: string): Promise<T> | undefined {
      const last = latest.get(name);
      const ageMs = clock.now() - (last?.at ?? 0);
      return ageMs >= 0 && ageMs < shareMs ? last?.answer : undefined;
    },
  };
}

const isRenewed = (account: Account | null, refused: Account): boolean =>
  account !== null && canRefresh(account) && account.fingerprint !== refused.fingerprint;

const ofKey = ({accounts}: Found, key: string): Account | null => accounts.find(account => account.key === key) ?? null;

/** False for a login that is broken, or known without a request. */
export const canRefresh = ({problem, staticReading, passive}: Account): boolean =>
  problem === undefined && staticReading === undefined && passive === undefined;
