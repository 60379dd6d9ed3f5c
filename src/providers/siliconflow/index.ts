import type {Provider} from '../../core/provider.ts';
import {discoverKeys, keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {type Site, sites, variablesNote} from './sites.ts';
import {words} from './words.ts';

const providerOf = (site: Site): Provider =>
  lazyProvider(
    {
      id: site.id,
      name: site.name,
      usageUrl: site.usageUrl,
      intervalSeconds: {default: 300, floor: 120},
      hosts: site.hosts,
      windowIds: [],
      places: keyPlaces(site, site.variables, variablesNote),
      login: {secret: 'API key', fields: []},
      pathVariables: keyPathVariables,
      words,
    },
    {
      discover: async () => (machine, names) => discoverKeys(site, machine, names),
      async fetch() {
        const {fetchBalance} = await import('./balance.ts');
        return (account, wire) => fetchBalance(site, account, wire);
      },
      demo: async () => (await import('./demo.ts')).demoOf[site.id],
    },
  );

/** Balance at SiliconFlow, international: see docs/providers/siliconflow.md. */
export const siliconflow: Provider = providerOf(sites.siliconflow);
/** The same in China, with keys of its own: see docs/providers/siliconflow-cn.md. */
export const siliconflowCn: Provider = providerOf(sites['siliconflow-cn']);
