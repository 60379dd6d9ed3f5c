import {type Amount, type Note, ProviderError, type Reading} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import type {Billing, Credential} from './credential.ts';
import {fetchBilling} from './fetch-billing.ts';
import {fetchInternal, type LiveReading} from './fetch-internal.ts';
import {at} from './hosts.ts';
import {quotaTokenFile} from './names.ts';
import {storeName} from './places.ts';

/** Asks GitHub once, by what the credential can do. Throws `ProviderError`, nothing else. */
export async function fetch(account: Account, wire: Wire): Promise<Reading> {
  const credential = account.credential as Credential;
  const {login, reading} = await readingOf(credential, account.source, wire);
  // A login that its place does not name gets its name from the answer.
  return credential.login === undefined && login !== undefined && isPersonal(credential.billing)
    ? {...reading, label: at(login, credential.host)}
    : reading;
}

const isPersonal = (billing: Billing | undefined): boolean => billing === undefined || billing.scope.kind === 'user';

async function readingOf(credential: Credential, source: string, wire: Wire): Promise<LiveReading> {
  const {host, billing, oauth} = credential;
  if (billing === undefined) return fetchInternal(credential, wire);
  if (oauth.length === 0) return fetchBilling(host, billing, wire);
  return fetchBoth(credential, billing, source, wire);
}

/** The live counter gives the bar, the bill only what is owed: it lags, so their counts are never mixed. */
async function fetchBoth(credential: Credential, billing: Billing, source: string, wire: Wire): Promise<LiveReading> {
  const live = await fetchInternal(credential, wire).catch((error: unknown) => asRefusal(error));
  if (live instanceof ProviderError) return insteadOf(live, credential, billing, source, wire);
  const money = await moneyOf(credential, billing, live.login, wire);
  const {reading} = live;
  return {
    ...live,
    reading: {...reading, amounts: [...reading.amounts, ...money.amounts], notes: [...reading.notes, ...money.notes]},
  };
}

/** Where no token reads the counter, the bill is all there is. If that fails too, the place that the panel names is heard. */
const insteadOf = (
  refusal: ProviderError,
  {host}: Credential,
  billing: Billing,
  source: string,
  wire: Wire,
): Promise<LiveReading> =>
  fetchBilling(host, billing, wire).catch((error: unknown) => {
    throw billing.source === source ? error : refusal;
  });

/** The error of tokens that will not read the counter, whenever they are asked; any other one is thrown on. */
function asRefusal(error: unknown): ProviderError {
  const isRefusal = error instanceof ProviderError && (error.code === 'expired' || error.code === 'auth_rejected');
  const isDrift = error instanceof ProviderError && error.shape !== undefined;
  if (isRefusal || isDrift) return error;
  throw error;
}

type Money = {amounts: Amount[]; notes: Note[]; until: number};

// A bill moves slowly, and lags by more than this.
const billEveryMs = 15 * 60_000;

/** What is owed this month; asked rarely, and never the reason why the counter is not shown. */
async function moneyOf(
  {host, login}: Credential,
  billing: Billing,
  seen: string | undefined,
  wire: Wire,
): Promise<Money> {
  const memory = `copilot:money:${host}:${billing.token}`;
  const known = wire.memory.get(memory) as Money | undefined;
  if (known !== undefined && wire.now() < known.until) return known;
  const money = await fetchBilling(host, billing, wire).then(
    bill => ({
      notes: [],
      until: wire.now() + billEveryMs,
      amounts: isSame(bill.login, seen ?? login) ? owed(bill.reading) : [],
    }),
    (error: unknown) => unread(error, billing, wire.now()),
  );
  wire.memory.set(memory, money);
  return money;
}

const isSame = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a.toLowerCase() === b.toLowerCase();

const owed = ({amounts}: Reading): Amount[] => amounts.filter(({id}) => id === 'billed');

function unread(error: unknown, {source}: Billing, now: number): Money {
  if (!(error instanceof ProviderError)) throw error; // an abort is not an answer
  // Only who wrote the token down for this purpose wants to hear that it does not serve.
  const isMeant = source === quotaTokenFile || source === storeName;
  const notes: Note[] = isMeant ? [{code: 'message', text: `no bill: ${error.message}`}] : [];
  return {amounts: [], notes, until: Math.max(error.retryAt ?? 0, now + billEveryMs)};
}
