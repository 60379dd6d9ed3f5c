import type {Machine} from '../../core/provider.ts';
import {bareToken} from '../shared/accounts.ts';
import {isOn, type KeySite} from '../shared/keys.ts';
import {toText} from '../shared/values.ts';

/** Two sites, one software, two companies in law: a key of one is never sent to the other. */
export type Site = KeySite & {
  id: 'kimi' | 'kimi-global';
  name: string;
  usageUrl: string;
  usagesUrl: string;
  path: string;
  /** The login of the site's own tool, below its directory. */
  tokenFile: string;
  /** The id of pi whose key is the site's. */
  piId?: string;
};

export const variables = ['KIMI_CODE_API_KEY', 'KIMI_API_KEY'] as const;
const path = '/coding';
const claudeVariables = ['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY'] as const;
const hosts: Record<Site['id'], string> = {kimi: 'api.kimi.com', 'kimi-global': 'api.kimi.ai'};

/** Which site an address is on. */
export function siteOf(address: string, at = ''): Site['id'] | undefined {
  if (isOn([hosts.kimi], address, at)) return 'kimi';
  return isOn([hosts['kimi-global']], address, at) ? 'kimi-global' : undefined;
}

const from = (id: Site['id']) => (env: Machine['env']) => [
  ...(ownerOfCodeKey(env) === id ? [{source: 'KIMI_CODE_API_KEY', key: env.KIMI_CODE_API_KEY}] : []),
  ...(ownerOfSharedKey(env) === id ? [{source: 'KIMI_API_KEY', key: env.KIMI_API_KEY}] : []),
];

/** Beside an address elsewhere only the key itself says that it is of this product. */
function ownerOfCodeKey({KIMI_CODE_API_KEY: key, KIMI_CODE_BASE_URL: address}: Machine['env']): Site['id'] | undefined {
  const isOurs = toText(address) === undefined || isCodingKey(key);
  return siteOf(address ?? '') ?? (isOurs ? 'kimi' : undefined);
}

/** Many tools mean a key of the Kimi Open Platform by this variable, which is another product. */
function ownerOfSharedKey({KIMI_API_KEY: key, KIMI_BASE_URL: address = ''}: Machine['env']): Site['id'] | undefined {
  return isCodingKey(key) ? (siteOf(address) ?? 'kimi') : siteOf(address, path);
}

export const isCodingKey = (key: unknown): boolean => bareToken(toText(key) ?? '').startsWith('sk-kimi-');

export const sites: Record<Site['id'], Site> = {
  kimi: {
    id: 'kimi',
    name: 'Kimi For Coding',
    usageUrl: 'https://www.kimi.com/code/console',
    usagesUrl: `https://${hosts.kimi}/coding/v1/usages`,
    hosts: [hosts.kimi],
    path,
    opencodeIds: ['kimi-for-coding', 'kimi-code', 'kimi'],
    claudeVariables,
    inEnvironment: from('kimi'),
    tokenFile: 'credentials/kimi-code.json',
    piId: 'kimi-coding',
  },
  'kimi-global': {
    id: 'kimi-global',
    name: 'Kimi Global',
    usageUrl: 'https://www.kimi.ai',
    usagesUrl: `https://${hosts['kimi-global']}/coding/v1/usages`,
    hosts: [hosts['kimi-global']],
    path,
    // Its ids are those of the other site, with an address of this one.
    opencodeIds: [],
    claudeVariables,
    inEnvironment: from('kimi-global'),
    // The first sixteen hex digits of a hash of its two addresses.
    tokenFile: 'credentials/kimi-code-env-0e4f99c69cc27850.json',
  },
};
