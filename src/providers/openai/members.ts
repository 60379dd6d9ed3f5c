import {type Account, accountKey, type Machine} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {uniqueAccounts} from '../shared/accounts.ts';
import {identityIn} from './account.ts';
import type {Identity} from './claims.ts';
import {id} from './ids.ts';
import {isWorkspacePlan, planName} from './plan.ts';

/**
 * Each account once. Limits of a workspace are its members' own: two members are two accounts, one member in two places
 * is one. A personal account has one member, and keeps the key that its id alone makes.
 */
export function distinctAccounts(machine: Machine, found: readonly Account[]): Account[] {
  const identities = found.flatMap(account => identityIn(account) ?? []);
  const keyed = found.map(account => {
    const identity = identityIn(account);
    const member = identity === null ? null : memberOf(identity, identities);
    return member === null ? account : {...account, key: accountKey(machine, id, member)};
  });
  const unique = uniqueAccounts(keyed, machine.now());
  return withDistinctLabels(unique.map(account => ({...account, secrets: secretsBehind(account, keyed)})));
}

/** Our own store knows a login by its secret, also where another tool's copy of it is the one that is used. */
const secretsBehind = ({key, secrets, stored}: Account, all: readonly Account[]): string[] => [
  ...new Set([...secrets, ...(stored ? [] : all.filter(each => each.key === key).flatMap(each => each.secrets))]),
];

/** Account and member as one text; null where the account id alone says who it is. */
function memberOf(identity: Identity, all: readonly Identity[]): string | null {
  const {accountId} = identity;
  if (accountId === null) return null;
  const mates = all.filter(other => other.accountId === accountId);
  const users = mates.map(mate => userOf(mate, mates));
  const user = userOf(identity, mates);
  const own = mates.filter((_, at) => users[at] === user);
  const isShared = new Set(users).size > 1 || own.some(({plan}) => plan !== null && isWorkspacePlan(plan));
  return user !== null && isShared ? `${accountId} ${user}` : null;
}

/** A login that does not say whose it is belongs to the member with its e-mail, else to the only one whose it can be. */
function userOf(identity: Identity, mates: readonly Identity[]): string | null {
  if (identity.userId !== null) return identity.userId;
  const named = mates.filter(({userId}) => userId !== null);
  const same = named.filter(({email}) => email !== null && isSameEmail(email, identity.email));
  const possible = same.length > 0 ? same : named.filter(({email}) => email === null || identity.email === null);
  const users = new Set(possible.map(({userId}) => userId));
  return users.size === 1 ? ([...users][0] ?? null) : null;
}

const isSameEmail = (a: string, b: string | null): boolean => a.toLowerCase() === b?.toLowerCase();

/** Two workspaces of one person carry the same e-mail: then the plan and a piece of an id tell them apart. */
function withDistinctLabels(accounts: readonly Account[]): Account[] {
  return accounts.map(account => {
    const identity = identityIn(account);
    const namesakes = accounts.filter(({label}) => label === account.label).flatMap(each => identityIn(each) ?? []);
    return identity !== null && namesakes.length > 1
      ? {...account, label: distinctLabel(account.label, identity, namesakes)}
      : account;
  });
}

type Piece = (identity: Identity) => string;

const accountIdOf: Piece = ({accountId}) => sanitize(accountId ?? '');
const userIdOf: Piece = ({userId}) => sanitize(userId ?? '');
// The shortest piece in which the ids differ: related workspaces may begin or end alike. Members of one differ in theirs.
const pieces: Piece[] = [accountIdOf, userIdOf].flatMap(idOf => [
  identity => idOf(identity).slice(0, 8),
  identity => idOf(identity).slice(-8),
  idOf,
]);

function distinctLabel(label: string, identity: Identity, namesakes: readonly Identity[]): string {
  const differs = (piece: Piece): boolean => new Set(namesakes.map(piece)).size === namesakes.length;
  const piece = pieces.find(differs) ?? accountIdOf;
  const parts = [planName(identity.plan), piece(identity)].filter(Boolean);
  return parts.length === 0 ? label : `${label} (${parts.join(' ')})`;
}
