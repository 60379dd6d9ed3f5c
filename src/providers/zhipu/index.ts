import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {placesOf} from './login-places.ts';
import {type Site, zaiSite, zhipuSite} from './sites.ts';
import {words} from './words.ts';

const teamFields = [
  {name: 'organization', label: 'Organization ID (team plans)', required: false},
  {name: 'project', label: 'Project ID (team plans)', required: false},
];

const providerOf = (site: Site): Provider =>
  lazyProvider(
    {
      id: site.id,
      name: site.name,
      usageUrl: site.usageUrl,
      intervalSeconds: {default: 120, floor: 60},
      hosts: site.hosts,
      inDemo: true,
      windowIds: ['5h', 'weekly', '<length>', 'tokens/<length>', 'mcp/monthly', 'mcp/<length>', 'unit<unit>x<count>'],
      places: placesOf(site),
      login: {secret: 'API key', fields: site.hasTeams ? teamFields : []},
      pathVariables: keyPathVariables,
      words,
    },
    {
      async discover() {
        const {discoverKeys} = await import('./discover.ts');
        return (machine, only) => discoverKeys(site, machine, only);
      },
      async fetch() {
        const {fetchQuota} = await import('./fetch.ts');
        return (account, wire) => fetchQuota(site, account, wire);
      },
      demo: async () => (await import('./demo.ts')).demoOf[site.id],
    },
  );

/** Zhipu AI's GLM Coding Plan on bigmodel.cn: see docs/providers/zhipu.md. */
export const zhipu: Provider = providerOf(zhipuSite);
/** The same plan on Z.ai, with keys of its own: see docs/providers/zai.md. */
export const zai: Provider = providerOf(zaiSite);
