import type {LoginPlace} from '../../core/login-place.ts';
import type {Machine} from '../../core/provider.ts';
import type {Currency} from '../../core/vocabulary.ts';
import {type KeySite, keyPlaces} from '../shared/keys.ts';
import {inEach} from '../shared/login-places.ts';
import {toText} from '../shared/values.ts';

/** Two sites, one software, two companies in law: a key of one is never sent to the other. */
export type Site = KeySite & {
  id: 'minimax' | 'minimax-cn';
  name: string;
  usageUrl: string;
  /** Where requests go. */
  host: string;
  /** In which it bills: its balances name no currency. */
  unit: Currency;
  places: readonly LoginPlace[];
};
type Facts = Omit<Site, 'hosts' | 'inEnvironment' | 'places'> & {
  /** The subdomain that serves keys is the same everywhere. */
  domains: readonly string[];
  regions: readonly string[];
  variables: readonly string[];
};

export const mmxPlace = 'mmx';

const sharedVariables = ['MINIMAX_API_KEY', 'MINIMAX_CODING_API_KEY', 'MINIMAX_TOKEN_PLAN_KEY'] as const;
const regionVariables = ['MINIMAX_REGION', 'MINIMAX_API_REGION'] as const;
const addressVariables = ['MINIMAX_BASE_URL', 'MINIMAX_API_HOST'] as const;

function siteFrom({domains, regions, variables, ...facts}: Facts): Site {
  const site = {...facts, hosts: domains.map(domain => `api.${domain}`)};
  const named = (env: Machine['env']) => [...variables, ...(isNamed(env, domains, regions) ? sharedVariables : [])];
  const note = `${sharedVariables.join(', ')} only if MINIMAX_REGION or MINIMAX_BASE_URL is for this site`;
  return {
    ...site,
    inEnvironment: env => named(env).map(source => ({source, key: env[source]})),
    places: [
      ...keyPlaces(site, [...variables, ...sharedVariables], note),
      {
        name: mmxPlace,
        files: inEach(['$MMX_CONFIG_DIR', '~/.mmx'], 'config.json', 'credentials.json'),
        note: 'by region',
      },
    ],
  };
}

/** Both sites use these variables, so something has to name the site, and nothing may name another one. */
function isNamed(env: Machine['env'], domains: readonly string[], regions: readonly string[]): boolean {
  const told = (names: readonly string[]) => names.flatMap(name => toText(env[name]) ?? []);
  const claims = [
    ...told(regionVariables).map(region => regions.includes(region.toLowerCase())),
    ...told(addressVariables).map(address => isWithin(domains, address)),
  ];
  return claims.length > 0 && claims.every(Boolean);
}

/** Whether an address, with or without its scheme, is on one of the domains or below it. */
function isWithin(domains: readonly string[], address: string): boolean {
  const url = address.includes('://') ? address : `https://${address}`;
  if (!URL.canParse(url)) return false;
  const {hostname} = new URL(url);
  return domains.some(domain => hostname === domain || hostname.endsWith(`.${domain}`));
}

/** Which site a configuration of the vendor's own tool is of; nothing where it does not say, or says both. */
export function siteIdOf(region: unknown, address: unknown): Site['id'] | undefined {
  const byRegion = siteIds.find(id => facts[id].regions.includes(toText(region)?.toLowerCase() ?? ''));
  const byAddress = siteIds.find(id => isWithin(facts[id].domains, toText(address) ?? ''));
  if (toText(region) === undefined) return byAddress;
  return byAddress === undefined || byAddress === byRegion ? byRegion : undefined;
}

const facts: Record<Site['id'], Facts> = {
  minimax: {
    id: 'minimax',
    name: 'MiniMax',
    usageUrl: 'https://platform.minimax.io/user-center/payment/token-plan',
    host: 'api.minimax.io',
    unit: 'usd',
    domains: ['minimax.io'],
    regions: ['global', 'intl', 'international', 'io', 'en'],
    variables: ['MINIMAX_CODING_PLAN_API_KEY'],
    opencodeIds: ['minimax-coding-plan', 'minimax'],
  },
  'minimax-cn': {
    id: 'minimax-cn',
    name: 'MiniMax CN',
    usageUrl: 'https://platform.minimaxi.com/user-center/payment/token-plan',
    host: 'api.minimaxi.com',
    unit: 'cny',
    domains: ['minimaxi.com', 'minimax.cn'],
    regions: ['cn', 'china'],
    variables: ['MINIMAX_CHINA_CODING_PLAN_API_KEY', 'MINIMAX_CN_API_KEY'],
    opencodeIds: ['minimax-cn-coding-plan', 'minimax-china-coding-plan', 'minimax-cn'],
  },
};
const siteIds = ['minimax', 'minimax-cn'] as const;

export const sites: Record<Site['id'], Site> = {
  minimax: siteFrom(facts.minimax),
  'minimax-cn': siteFrom(facts['minimax-cn']),
};
