import type {Machine} from '../../core/provider.ts';
import type {KeySite} from '../shared/keys.ts';
import {isNamed} from '../shared/named-site.ts';

/** Two sites, one software: a key of one is never sent to the other. */
export type Site = KeySite & {
  id: 'siliconflow' | 'siliconflow-cn';
  name: string;
  usageUrl: string;
  /** In which it bills: its balances name no currency. */
  unit: 'usd' | 'cny';
  variables: readonly string[];
};
type Facts = Omit<Site, 'inEnvironment' | 'variables'> & {own: readonly string[]; regions: readonly string[]};

const sharedVariable = 'SILICONFLOW_API_KEY';
export const variablesNote = `${sharedVariable} only if SILICONFLOW_REGION or SILICONFLOW_BASE_URL is for this site`;

const names = {region: 'SILICONFLOW_REGION', address: 'SILICONFLOW_BASE_URL'} as const;

const siteOf = ({own, regions, ...facts}: Facts): Site => ({
  ...facts,
  variables: [...own, sharedVariable],
  inEnvironment(env: Machine['env']) {
    const isOurs = isNamed(env, names, {hosts: facts.hosts, regions});
    return [...own, ...(isOurs ? [sharedVariable] : [])].map(source => ({source, key: env[source]}));
  },
});

export const sites: Record<Site['id'], Site> = {
  siliconflow: siteOf({
    id: 'siliconflow',
    name: 'SiliconFlow',
    usageUrl: 'https://cloud.siliconflow.com/me/account',
    unit: 'usd',
    hosts: ['api.siliconflow.com'],
    opencodeIds: ['siliconflow'],
    own: [],
    regions: ['international', 'intl', 'global', 'com'],
  }),
  'siliconflow-cn': siteOf({
    id: 'siliconflow-cn',
    name: 'SiliconFlow CN',
    usageUrl: 'https://cloud.siliconflow.cn/me/account',
    unit: 'cny',
    hosts: ['api.siliconflow.cn'],
    opencodeIds: ['siliconflow-cn'],
    own: ['SILICONFLOW_CN_API_KEY'],
    regions: ['china', 'cn'],
  }),
};
