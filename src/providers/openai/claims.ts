import {isSendable} from '../shared/accounts.ts';
import {jwtClaims} from '../shared/jwt.ts';
import {isRecord, type Json, listOf, recordOf, toEpochMs, toText} from '../shared/values.ts';

/** What a login says of itself. Nothing here is verified: it labels and addresses, the service decides. */
export type Identity = {
  accountId: string | null;
  /** Who of the account's members this is: limits of a workspace are counted by member. */
  userId: string | null;
  email: string | null;
  /** As the service spells it, when the token was made: up to ten days old. */
  plan: string | null;
  fedramp: boolean;
  /** Epoch ms at which the access token ends; null when it does not say. */
  expiresAt: number | null;
};

const authClaim = 'https://api.openai.com/auth';
const profileClaim = 'https://api.openai.com/profile';

/** From the account id stored beside the tokens and the tokens' claims; an id token may also be stored decoded. */
export function identityOf(access: string, idToken: unknown, storedId?: string): Identity {
  const own = jwtClaims(access) ?? {};
  const id = isRecord(idToken) ? idToken : (jwtClaims(toText(idToken) ?? '') ?? {});
  const both = [own, id];
  return {
    userId: firstText(both.flatMap(userIds)),
    accountId: firstText([storedId, ...both.flatMap(accountIds), ...both.flatMap(organizationIds)], isSendable),
    email: firstText([id.email, recordOf(own[profileClaim]).email, own.email, recordOf(id[profileClaim]).email]),
    plan: firstText(both.map(claims => recordOf(claims[authClaim]).chatgpt_plan_type ?? claims.chatgpt_plan_type)),
    fedramp: both.some(claims => recordOf(claims[authClaim]).chatgpt_account_is_fedramp === true),
    expiresAt: toEpochMs(own.exp),
  };
}

const accountIds = (claims: Json): unknown[] => [
  claims.chatgpt_account_id,
  recordOf(claims[authClaim]).chatgpt_account_id,
];

const userIds = (claims: Json): unknown[] => {
  const auth = recordOf(claims[authClaim]);
  return [auth.chatgpt_user_id, claims.chatgpt_user_id, auth.user_id];
};

const organizationIds = (claims: Json): unknown[] =>
  [claims, recordOf(claims[authClaim])].flatMap(({organizations}) =>
    listOf(organizations).map(each => recordOf(each).id),
  );

/** What was given as a token, where it is one that cannot be sent: it has no quota, or signs with a key of its own. */
export function otherKindOf(token: string): 'api-key' | 'agent-identity' | null {
  if (/^sk-/.test(token)) return 'api-key';
  const claims = jwtClaims(token) ?? {};
  return 'agent_runtime_id' in claims || 'agent_private_key' in claims ? 'agent-identity' : null;
}

const firstText = (values: unknown[], suits: (text: string) => boolean = () => true): string | null =>
  values.map(toText).find(text => text !== undefined && suits(text)) ?? null;
