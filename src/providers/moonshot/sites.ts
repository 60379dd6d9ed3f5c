import type {Machine} from '../../core/provider.ts';
import {isOn, type KeySite} from '../shared/keys.ts';
import {isNamed} from '../shared/named-site.ts';

/** Two sites, one software: a key of one is never sent to the other. */
export type Site = KeySite & {
  id: 'moonshot' | 'moonshot-cn';
  name: string;
  usageUrl: string;
  balanceUrl: string;
  unit: 'usd' | 'cny';
};
type Facts = Omit<Site, 'inEnvironment' | 'isForeign'> & {regions: readonly string[]};

export const variables = ['MOONSHOT_API_KEY', 'MOONSHOT_KEY', 'KIMI_API_KEY'] as const;
export const variablesNote =
  'only if MOONSHOT_REGION or MOONSHOT_BASE_URL (for KIMI_API_KEY: KIMI_BASE_URL) is for this site';

const siteOf = ({regions, ...facts}: Facts): Site => ({
  ...facts,
  inEnvironment: env => [
    ...(isNamed(env, names, {hosts: facts.hosts, regions}) ? ['MOONSHOT_API_KEY', 'MOONSHOT_KEY'] : []).map(from(env)),
    ...(isOn(facts.hosts, env.KIMI_BASE_URL ?? '') ? ['KIMI_API_KEY'] : []).map(from(env)),
  ],
  // Kimi For Coding is another product.
  isForeign: key => key.startsWith('sk-kimi-'),
});

const from = (env: Machine['env']) => (source: string) => ({source, key: env[source]});

const names = {region: 'MOONSHOT_REGION', address: 'MOONSHOT_BASE_URL'} as const;

export const sites: Record<Site['id'], Site> = {
  moonshot: siteOf({
    id: 'moonshot',
    name: 'Moonshot',
    usageUrl: 'https://platform.kimi.ai/console',
    balanceUrl: 'https://api.moonshot.ai/v1/users/me/balance',
    unit: 'usd',
    hosts: ['api.moonshot.ai'],
    opencodeIds: ['moonshotai', 'moonshot'],
    regions: ['international', 'intl', 'global', 'ai'],
  }),
  'moonshot-cn': siteOf({
    id: 'moonshot-cn',
    name: 'Moonshot CN',
    usageUrl: 'https://platform.moonshot.cn/console',
    balanceUrl: 'https://api.moonshot.cn/v1/users/me/balance',
    unit: 'cny',
    hosts: ['api.moonshot.cn'],
    opencodeIds: ['moonshotai-cn'],
    regions: ['china', 'cn'],
  }),
};
