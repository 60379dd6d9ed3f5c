import {now} from '../shared/home.ts';

export const accountA = '11111111-2222-3333-4444-555555555555';
export const accountB = '99999999-8888-7777-6666-555555555555';
const inTenDays = now / 1000 + 864_000;

export type TokenInit = {
  account?: string | null;
  email?: string;
  plan?: string;
  /** Unix seconds. */
  exp?: number | null;
  auth?: Record<string, unknown>;
  claims?: Record<string, unknown>;
};

/** An access token as the service makes them, signed by nobody. */
export function accessToken(init: TokenInit = {}): string {
  const {account = accountA, email = 'user@example.com', plan = 'plus', exp = inTenDays} = init;
  return jwt({
    ...(exp === null ? {} : {exp}),
    'https://api.openai.com/auth': {
      ...(account === null ? {} : {chatgpt_account_id: account}),
      chatgpt_plan_type: plan,
      ...init.auth,
    },
    'https://api.openai.com/profile': {email, email_verified: true},
    ...init.claims,
  });
}

export const jwt = (claims: object): string =>
  [{alg: 'none'}, claims]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
    .concat('.sig');

/** Codex's auth.json around an access token. */
export const codexFile = (access: unknown, tokens: Record<string, unknown> = {}) => ({
  auth_mode: 'chatgpt',
  OPENAI_API_KEY: null,
  tokens: {access_token: access, refresh_token: 'refresh-of-codex', ...tokens},
});

/** opencode's auth.json entry around an access token. */
export const opencodeEntry = (access: string, rest: Record<string, unknown> = {}) => ({
  type: 'oauth',
  access,
  refresh: 'refresh-of-opencode',
  expires: now + 864_000_000,
  ...rest,
});
